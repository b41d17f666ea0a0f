//! Bytes of a stream as messages.

use crossbeam_channel::unbounded;
use lsp_server::Message;
use vakt_lsp::{MESSAGE_BYTES_MAX, read_messages};

fn framed(body: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

/// Methods of what was read, what the client is told, and how it ended.
fn read(bytes: &str) -> (Vec<String>, Vec<String>, Result<(), String>) {
    let (to_server, received) = unbounded();
    let (complaints, told) = unbounded();
    let ended = read_messages(&mut bytes.as_bytes(), &to_server, &complaints);
    drop((to_server, complaints));
    let methods = received.iter().map(|message| match message {
        Message::Request(request) => request.method,
        Message::Notification(one) => one.method,
        Message::Response(_) => "response".into(),
    });
    let told = told.iter().map(|message| format!("{message:?}"));
    (methods.collect(), told.collect(), ended.map_err(|error| error.to_string()))
}

#[test]
fn messages_are_read_until_the_stream_makes_no_sense() {
    let hover = framed(r#"{"jsonrpc":"2.0","id":1,"method":"hover"}"#);
    let note = framed(r#"{"jsonrpc":"2.0","method":"note","params":{}}"#);
    let exit = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
    let large = format!("Content-Length: {}\r\n\r\n", MESSAGE_BYTES_MAX + 1);
    for (bytes, methods, complaints, ended) in [
        (String::new(), vec![], 0, Ok(())),
        (format!("{hover}{note}"), vec!["hover", "note"], 0, Ok(())),
        (format!("content-type: x\r\n{hover}{note}"), vec!["hover", "note"], 0, Ok(())),
        // Nothing is read behind `exit`.
        (format!("{exit}{hover}"), vec!["exit"], 0, Ok(())),
        (format!("{}{note}", framed("{oh")), vec!["note"], 1, Ok(())),
        (format!("{}{note}", framed(r#"{"id":[1],"method":5}"#)), vec!["note"], 1, Ok(())),
        ("hello\r\n".into(), vec![], 0, Err("does not begin with its length")),
        ("Content-Length: -1\r\n\r\n".into(), vec![], 0, Err("does not begin with its length")),
        ("a: b\r\n\r\n".into(), vec![], 0, Err("no Content-Length")),
        ("x".repeat(5000), vec![], 0, Err("does not begin with its length")),
        (large, vec![], 0, Err("is larger than 64 MiB")),
        ("Content-Length: 99999999999999999999\r\n\r\n".into(), vec![], 0, Err("its length")),
        ("Content-Length: 10\r\n\r\n{}".into(), vec![], 0, Err("stream broke")),
    ] {
        let (read, told, end) = read(&bytes);
        assert_eq!(read, methods, "{bytes:.80}");
        assert_eq!(told.len(), complaints, "{bytes:.80}: {told:?}");
        match (end, ended) {
            (Ok(()), Ok(())) => {}
            (Err(error), Err(words)) => assert!(error.contains(words), "{bytes:.80}: {error}"),
            (end, ended) => panic!("{bytes:.80}: {end:?}, not {ended:?}"),
        }
    }
}
