//! Hunting queries: every text gives a tree that holds all of it, is bound, and formatted without
//! loss where it is right.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vakt_kql::catalog::Catalog;
use vakt_kql::syntax::tree::Span;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let parse = vakt_kql::parse(text);
    let tree = &parse.tree;
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
    let bound = vakt_kql::bind(&parse, &Catalog::hunting());
    for problem in &bound.problems {
        assert!(problem.span.end as usize <= text.len(), "a problem stands outside of the text");
    }
    let canonical = vakt_kql::format::format(&parse);
    if let Some(canonical) = canonical {
        let again = vakt_kql::format::format(&vakt_kql::parse(&canonical));
        assert_eq!(again.as_ref(), Some(&canonical), "formatting again changes the text");
    }
});
