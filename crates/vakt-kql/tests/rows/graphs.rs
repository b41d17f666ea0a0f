//! Columns that come out of graphs.

use super::check;

const GRAPH: &str =
    "print s=1, t=2, w='x' | make-graph s --> t with (print id=1, name='q') on id | ";

fn check_graph(rows: &[(&str, &str)]) {
    let queries: Vec<(String, &str)> =
        rows.iter().map(|(query, expected)| (format!("{GRAPH}{query}"), *expected)).collect();
    let rows: Vec<(&str, &str)> =
        queries.iter().map(|(query, expected)| (query.as_str(), *expected)).collect();
    check(&rows);
}

#[test]
fn graphs_become_tables() {
    check_graph(&[
        ("graph-to-table nodes", "id name:string"),
        ("graph-to-table edges with_source_id=a", "a s t w:string"),
        ("graph-to-table nodes as N, edges as E; E", "s t w:string"),
        ("graph-mark-components | graph-to-table nodes", "id name:string ComponentId"),
        ("graph-where-nodes name == 'q' | graph-to-table nodes", "id name:string"),
        (
            "graph-match (a)-[e]->(b) where a.name == 'q' project a.name, b.id, e.w, x=e.s, strlen(a.name), 1 + 1",
            "a_name:string b_id e_w:string x strlen_name",
        ),
        (
            "graph-match (a)-[e*1..3]->(b) project e.w, p=e.w, map(inner_nodes(e), name)",
            "e_w:dynamic p:dynamic Column1:dynamic",
        ),
        ("graph-shortest-paths (a)-[e*1..3]->(b) project a.name, e.w", "a_name:string e_w:dynamic"),
    ]);
    check(&[
        ("print s=1, t=2 | make-graph s --> t with_node_id=n | graph-to-table nodes", "n"),
        (
            "print s=1, t=2, w='x' | make-graph s --> t partitioned-by w (graph-match (a)-[e]->(b) project e.w)",
            "e_w:string",
        ),
        (
            "let g = print s=1, t=2 | make-graph s --> t; g | graph-match (a)-[e]->(b) project e.s",
            "e_s",
        ),
    ]);
}

#[test]
fn graphs_are_wanted_and_patterns_take_turns() {
    check_graph(&[
        ("graph-match (a)-[e]->(b) project a.nope", "KS142 nope"),
        ("graph-to-table nodes, edges", "KS273 nodes, KS273 edges"),
    ]);
    check(&[
        ("print a=1 | graph-match (a)-->(b) project x=1", "KS219 graph-match"),
        ("print s=dynamic(1), t=2 | make-graph s --> t", "KS240 s"),
    ]);
}
