//! The problems of a document, as clients show them.

use gen_lsp_types::{Code, Diagnostic, DiagnosticSeverity, Message};
use vakt_kql::diagnostic::Severity;
use vakt_rules::{Finding, check};

use crate::document::{DOCUMENT_BYTES_MAX, Document};
use crate::session::Session;

/// All problems of a document.
pub fn diagnostics(session: &Session<'_>, document: &Document) -> Vec<Diagnostic> {
    if document.is_too_large() {
        let message =
            format!("the document is larger than {} MiB and not checked", DOCUMENT_BYTES_MAX >> 20);
        return vec![Diagnostic {
            severity: Some(DiagnosticSeverity::Warning),
            source: Some(SOURCE.to_owned()),
            message: Message::String(message),
            ..Diagnostic::default()
        }];
    }
    let checked = check("", document.kind, &document.text, session.catalog);
    checked.findings.iter().map(|finding| diagnostic(session, document, finding)).collect()
}

/// Who says so.
const SOURCE: &str = "vakt";

fn diagnostic(session: &Session<'_>, document: &Document, finding: &Finding) -> Diagnostic {
    let severity = match finding.severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Hint => DiagnosticSeverity::Hint,
    };
    let message = if finding.help.is_empty() {
        finding.message.clone()
    } else {
        format!("{}\n{}", finding.message, finding.help)
    };
    Diagnostic {
        range: document.range(finding.place.clone(), session.units),
        severity: Some(severity),
        code: Some(Code::String(finding.code.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: Message::String(message),
        ..Diagnostic::default()
    }
}
