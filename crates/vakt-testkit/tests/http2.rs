//! The same server over HTTP/2, where an answer that comes before the body was read can get lost.

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use vakt_testkit::cast::{CONTOSO, IMPORTER};
use vakt_testkit::incidents::full;
use vakt_testkit::{Request, TokenAsk, World};

const MTP: &str = "https://api.security.microsoft.com";

#[tokio::test]
async fn tokens_and_incidents_come_over_http2_too() {
    let world = World::start().await;
    let ask = TokenAsk::v2(&IMPORTER, MTP).into();
    let body = world.https().send_h2(ask).await.unwrap().expect(200);
    let token = body["access_token"].as_str().unwrap();
    let import = Request::post("/vakt/v1/incidents/import").bearer(token);
    let import = import.json(&json!({ "value": [full(1)] }));
    world.https().send_h2(import).await.unwrap().expect(200);
    let list = Request::get("/api/incidents").bearer(token);
    let over_h2 = world.https().send_h2(list.clone()).await.unwrap();
    let over_h1 = world.send(list).await;
    assert_eq!(over_h2.expect(200), over_h1.expect(200), "links and contexts included");
    let document = format!("/{}/v2.0/.well-known/openid-configuration", CONTOSO.id);
    let over_h2 = world.https().send_h2(Request::get(&document)).await.unwrap();
    assert_eq!(over_h2.expect(200), world.send(Request::get(&document)).await.expect(200));
}

/// A client that offers AES with 256 bits first gets the one with fewer rounds.
#[tokio::test]
async fn the_server_chooses_the_cipher() {
    let world = World::start().await;
    let stream = world.https().connect_h2().await;
    let chosen = stream.get_ref().1.negotiated_cipher_suite().unwrap().suite();
    assert_eq!(chosen, rustls::CipherSuite::TLS13_AES_128_GCM_SHA256);
}

/// Each is refused without a look at its body. A stream that is reset for that loses its answer in
/// some clients, so the frames themselves are looked at.
#[tokio::test]
async fn a_refusal_does_not_reset_its_stream() {
    let world = World::start().await;
    let bearer = format!("Bearer {}", world.token_of(&IMPORTER, MTP).await);
    let token_path = format!("/{}/oauth2/token", CONTOSO.id);
    for (method, path, authorization, code) in [
        ("POST", "/vakt/v1/incidents/import", None, "Unauthorized"),
        ("POST", "/vakt/v1/incidents/import", Some("Bearer x.y.z"), "Unauthorized"),
        ("POST", "/nowhere", None, "NotFound"),
        ("PUT", "/api/incidents", Some(bearer.as_str()), "MethodNotAllowed"),
        ("DELETE", "/api/incidents/1", Some(bearer.as_str()), "MethodNotAllowed"),
        ("POST", "/v1.0/applications", Some(bearer.as_str()), "InvalidAuthenticationToken"),
        ("PUT", token_path.as_str(), None, "AADSTS900561"),
    ] {
        for _ in 0..3 {
            let mut stream = Stream::open(&world).await;
            stream.ask(method, path, authorization).await;
            let frames = stream.answer().await;
            let kinds: Vec<u8> = frames.iter().map(|frame| frame.kind).collect();
            assert!(!kinds.contains(&RST_STREAM), "{method} {path} was reset: {kinds:?}");
            let body =
                frames.iter().filter(|frame| frame.kind == DATA).flat_map(|one| &one.payload);
            let body = String::from_utf8(body.copied().collect()).unwrap();
            assert!(body.contains(code), "{method} {path}: {body}");
        }
    }
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// A frame of HTTP/2.
struct Frame {
    kind: u8,
    flags: u8,
    stream: u32,
    payload: Vec<u8>,
}

/// The first stream of a connection, frame by frame.
struct Stream(TlsStream<TcpStream>);

impl Stream {
    async fn open(world: &World) -> Self {
        let mut stream = Self(world.https().connect_h2().await);
        stream.0.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.unwrap();
        stream.send(SETTINGS, 0, 0, &[]).await;
        stream
    }

    /// Asks with a body that comes a moment later, as it does over a real network.
    async fn ask(&mut self, method: &str, path: &str, authorization: Option<&str>) {
        let mut fields = vec![
            (":method", method),
            (":scheme", "https"),
            (":authority", "localhost"),
            (":path", path),
            ("content-type", "application/json"),
        ];
        fields.extend(authorization.map(|value| ("authorization", value)));
        self.send(HEADERS, END_HEADERS, 1, &literal(&fields)).await;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        self.send(DATA, END_STREAM, 1, b"{}").await;
    }

    async fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let mut frame = vec![length[1], length[2], length[3], kind, flags];
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        self.0.write_all(&frame).await.unwrap();
    }

    /// The stream's frames to its end, and what may follow in the next moment.
    async fn answer(&mut self) -> Vec<Frame> {
        let mut frames: Vec<Frame> = Vec::new();
        let over = |frame: &Frame| frame.kind == RST_STREAM || frame.flags & END_STREAM != 0;
        while !frames.iter().any(over) {
            let frame = self.receive().await;
            frames.extend((frame.stream == 1).then_some(frame));
        }
        let moment = std::time::Duration::from_millis(50);
        while let Ok(frame) = tokio::time::timeout(moment, self.receive()).await {
            frames.extend((frame.stream == 1).then_some(frame));
        }
        frames
    }

    async fn receive(&mut self) -> Frame {
        let mut head = [0; 9];
        self.0.read_exact(&mut head).await.unwrap();
        let [a, b, c, kind, flags, s1, s2, s3, s4] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        self.0.read_exact(&mut payload).await.unwrap();
        Frame { kind, flags, stream: u32::from_be_bytes([s1, s2, s3, s4]), payload }
    }
}

/// Header fields in HPACK's plainest form: literal, not indexed, not compressed.
fn literal(fields: &[(&str, &str)]) -> Vec<u8> {
    let mut block = Vec::new();
    for (name, value) in fields {
        block.push(0);
        for text in [name, value] {
            block.extend(length(text.len()));
            block.extend(text.bytes());
        }
    }
    block
}

/// A number in seven bits, and the rest in groups of seven.
fn length(number: usize) -> Vec<u8> {
    if number < 127 {
        return vec![u8::try_from(number).unwrap()];
    }
    let mut rest = number - 127;
    let mut bytes = vec![127];
    while rest >= 128 {
        bytes.push(u8::try_from(rest % 128).unwrap() | 128);
        rest /= 128;
    }
    bytes.push(u8::try_from(rest).unwrap());
    bytes
}
