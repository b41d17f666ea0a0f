//! Messages over the process's own streams, each with its length before it. A message that is no JSON
//! is told and skipped; one that is too large, or a head that makes no sense, ends the connection,
//! since nobody knows where the next one begins.

use std::fmt;
use std::io::{self, BufRead, BufReader, Write};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender, bounded};
use lsp_server::{Connection, Message};

/// Largest message: a document of the largest size with every character escaped.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Longest line of a message's head.
const HEAD_LINE_BYTES_MAX: u64 = 1024;

/// Messages that wait between the streams and the server.
const MESSAGES_WAITING_MAX: usize = 64;

/// Why the connection ended before the client said so.
#[derive(Debug)]
pub enum TransportProblem {
    /// The stream broke.
    Io(io::Error),
    /// The head of a message cannot be read.
    Head(String),
    /// More than [`MESSAGE_BYTES_MAX`].
    TooLarge(usize),
}

impl fmt::Display for TransportProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the client's stream broke: {error}"),
            Self::Head(line) => write!(f, "a message does not begin with its length: {line:?}"),
            Self::TooLarge(size) => {
                write!(
                    f,
                    "a message of {size} bytes is larger than {} MiB",
                    MESSAGE_BYTES_MAX >> 20
                )
            }
        }
    }
}

impl std::error::Error for TransportProblem {}

impl From<io::Error> for TransportProblem {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The threads that read and write; they end with the connection.
#[derive(Debug)]
pub struct Streams {
    reader: JoinHandle<Result<(), TransportProblem>>,
    writer: JoinHandle<io::Result<()>>,
}

impl Streams {
    /// Waits until all is written, and says what went wrong while reading. Reading itself is not
    /// waited for when the client said that it is done: it may keep the stream open.
    pub fn join(self, client_is_done: bool) -> Result<(), TransportProblem> {
        let read = if client_is_done && !self.reader.is_finished() {
            Ok(())
        } else {
            self.reader.join().unwrap_or(Ok(()))
        };
        self.writer.join().unwrap_or(Ok(()))?;
        read
    }
}

/// A connection over stdin and stdout.
pub fn stdio() -> (Connection, Streams) {
    let (to_server, receiver) = bounded(MESSAGES_WAITING_MAX);
    let (sender, to_client) = bounded(MESSAGES_WAITING_MAX);
    let complaints = sender.clone();
    let reader = thread::spawn(move || {
        read_messages(&mut BufReader::new(io::stdin()), &to_server, &complaints)
    });
    let writer = thread::spawn(move || write_messages(&mut io::stdout().lock(), &to_client));
    (Connection { sender, receiver }, Streams { reader, writer })
}

/// Reads messages until the stream ends, the client says `exit`, or nobody listens any more.
pub fn read_messages(
    input: &mut impl BufRead,
    to_server: &Sender<Message>,
    complaints: &Sender<Message>,
) -> Result<(), TransportProblem> {
    while let Some(size) = read_head(input)? {
        if size > MESSAGE_BYTES_MAX {
            return Err(TransportProblem::TooLarge(size));
        }
        let mut body = vec![0; size];
        input.read_exact(&mut body)?;
        match serde_json::from_slice::<Message>(&body) {
            Ok(message) => {
                let ends = matches!(&message, Message::Notification(n) if n.method == "exit");
                if to_server.send(message).is_err() || ends {
                    return Ok(());
                }
            }
            Err(error) => {
                let text = format!("a message is no JSON-RPC and was left out: {error}");
                let _ = complaints.send(crate::session::log(text));
            }
        }
    }
    Ok(())
}

/// The length of the next message; `None` at the end of the stream.
fn read_head(input: &mut impl BufRead) -> Result<Option<usize>, TransportProblem> {
    let mut size = None;
    loop {
        let mut line = Vec::new();
        let read = io::Read::take(&mut *input, HEAD_LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\r', '\n']);
        if read == 0 {
            return Ok(None);
        }
        if text.is_empty() && line.ends_with(b"\n") {
            return size
                .map(Some)
                .ok_or_else(|| TransportProblem::Head("no Content-Length".into()));
        }
        let (name, value) = text
            .split_once(':')
            .filter(|_| line.ends_with(b"\n"))
            .ok_or_else(|| TransportProblem::Head(text.to_owned()))?;
        if name.trim().eq_ignore_ascii_case("content-length") {
            let parsed = value.trim().parse();
            size = Some(parsed.map_err(|_| TransportProblem::Head(text.to_owned()))?);
        }
    }
}

fn write_messages(out: &mut impl Write, messages: &Receiver<Message>) -> io::Result<()> {
    for message in messages {
        message.write(out)?;
    }
    Ok(())
}
