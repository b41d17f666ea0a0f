//! A token that the platform puts into a file and renews there, as Kubernetes does for a pod.

use std::path::PathBuf;

use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;
use tokio::io::AsyncReadExt;
use vakt_token::TOKEN_LENGTH_MAX_BYTES;

use crate::error::{ClientError, ErrorKind};

/// An application, and the file with the token that speaks for it.
#[derive(Debug, Clone)]
pub struct FederatedToken {
    /// Client id.
    pub client_id: String,
    /// The token's file; read anew for each request, since the platform replaces it.
    pub file: PathBuf,
}

impl FederatedToken {
    /// Puts the two together; the file is not read yet.
    pub fn new(client_id: impl Into<String>, file: impl Into<PathBuf>) -> Self {
        Self { client_id: client_id.into(), file: file.into() }
    }

    /// The token of this moment.
    pub(super) async fn read(&self) -> Result<SecretString, ClientError> {
        let wrong = |problem: &str| {
            let text = format!("the token file {}: {problem}", self.file.display());
            ClientError::new(ErrorKind::Configuration, text).with_hint(
                "give the file that the platform writes; its path is often in \
                 AZURE_FEDERATED_TOKEN_FILE",
            )
        };
        let opened = tokio::fs::File::open(&self.file).await;
        let opened = opened.map_err(|error| wrong("it cannot be read").with_source(error))?;
        let mut text = Zeroizing::new(String::new());
        // One byte more than is allowed, so that too much is told from just enough.
        let most = u64::try_from(TOKEN_LENGTH_MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
        opened
            .take(most)
            .read_to_string(&mut text)
            .await
            .map_err(|error| wrong("it cannot be read").with_source(error))?;
        if text.len() > TOKEN_LENGTH_MAX_BYTES {
            return Err(wrong("it is longer than any token"));
        }
        match text.trim() {
            "" => Err(wrong("it is empty")),
            token => Ok(token.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[tokio::test]
    async fn the_file_is_read_anew_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let token = FederatedToken::new("app", &path);
        let long = "x".repeat(TOKEN_LENGTH_MAX_BYTES + 1);
        for (content, expected) in [
            ("first\n", Ok("first")),
            ("second", Ok("second")),
            (" \n", Err("it is empty")),
            (long.as_str(), Err("it is longer than any token")),
        ] {
            std::fs::write(&path, content).unwrap();
            let read = token.read().await;
            let expected =
                expected.map_err(|why| format!("the token file {}: {why}", path.display()));
            let read = read.map(|token| token.expose_secret().to_owned());
            assert_eq!(read.map_err(|error| error.to_string()), expected.map(str::to_owned));
        }
        std::fs::remove_file(&path).unwrap();
        let error = token.read().await.unwrap_err();
        assert!(error.to_string().ends_with("it cannot be read"), "{error}");
    }
}
