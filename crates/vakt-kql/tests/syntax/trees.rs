//! One tree for each production, in `trees.txt`: a query, then a line with `= ` and its tree.

use vakt_kql::dump;

use crate::check_tree;

#[test]
fn productions_give_their_trees() {
    let blocks = include_str!("trees.txt").split("\n\n").filter(|block| !block.trim().is_empty());
    let mut count = 0;
    let mut wrong = String::new();
    for block in blocks {
        let (query, expected) = block.rsplit_once("\n= ").expect("a block has a tree");
        let query = query.trim_start_matches('\n');
        let parse = vakt_kql::parse(query);
        check_tree(&parse.tree, query);
        assert!(parse.problems.is_empty(), "{query}: {:?}", parse.problems);
        assert!(!dump::is_broken(&parse.tree), "{query}");
        let found = dump::one_line(parse.tree.root());
        if found.trim_end() != expected.trim_end() {
            wrong.push_str(&format!("{query}\n= {found}\n\n"));
        }
        count += 1;
    }
    assert!(count > 90, "only {count} trees");
    assert!(wrong.is_empty(), "these trees are others now:\n\n{wrong}");
}

#[test]
fn comments_and_blank_lines_may_be_anywhere() {
    let tight =
        "let a=(x:long){T|where y in(1,2)and z has\"q\"};a(1)|summarize count()by bin(t,1h)";
    let plain = vakt_kql::parse(tight);
    let shape = |text: &str| dump::one_line(vakt_kql::parse(text).tree.root());
    assert!(plain.problems.is_empty(), "{:?}", plain.problems);
    let tree = &plain.tree;
    for filler in ["\n\n", " // a | b ; \"c\n", "\t\r\n\u{a0}\u{feff}"] {
        let mut loose = String::new();
        for token in tree.tokens() {
            loose.push_str(filler);
            loose.push_str(tree.slice(token.span));
        }
        assert_eq!(shape(&loose), shape(tight), "with {filler:?}");
    }
}

#[test]
fn dumps_name_every_token_and_node() {
    let parse = vakt_kql::parse("T | take 5");
    let tokens = "1:1 Word \"T\"\n1:3 Bar \"|\"\n1:5 Word \"take\"\n1:10 Integer \"5\"\n\
                  1:11 EndOfText \"\"\n";
    assert_eq!(dump::tokens(&parse.tree), tokens);
    let tree = "Query\n  ExpressionStatement\n    Pipe\n      NameRef\n        \"T\"\n      \"|\"\n      \
                Take\n        \"take\"\n        Literal\n          \"5\"\n  \"\"\n";
    assert_eq!(dump::tree(&parse.tree), tree);
}
