//! Hunting queries: every text gives a tree that holds all of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vakt_kql::syntax::tree::Span;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let tree = vakt_kql::parse(text).tree;
    let mut printed = String::new();
    let mut before = 0;
    for token in tree.tokens() {
        printed.push_str(tree.slice(Span::new(before, token.span.end)));
        before = token.span.end;
    }
    assert_eq!(printed, text, "the tree does not print back");
    let mut tokens = 0;
    let mut open = vec![tree.root()];
    while let Some(node) = open.pop() {
        tokens += node.tokens().count();
        open.extend(node.nodes());
    }
    assert_eq!(tokens, tree.tokens().len(), "a token is in no node or in two");
});
