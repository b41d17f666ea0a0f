//! What is wrong with a query: the code, and where.

use super::check;

#[test]
fn columns_must_be_there_and_once() {
    check(&[
        ("print a=1 | where b == 1", "KS142 b"),
        ("print a=1 | project-away b", "KS142 b"),
        ("print a=1 | project-away a, b*", "KS142 b*"),
        ("let v = 1; print a=1 | project-away v", "KS109 v"),
        ("print a=1, b=2 | project-rename c=a, c=b", "KS171 c"),
        ("print a=1, b=2 | project-rename b=a", "KS171 b"),
        ("print a=1 | project-rename c=a + 1", "KS109 a + 1"),
        ("print a=1 | project-rename a", "KS110 a"),
        ("print a=1 | project-reorder a, a", "KS171 a"),
        ("print a=1 | extend b=1, b=2", "KS171 b"),
        ("print x=1, x=3", "KS171 x"),
        ("datatable(a:long, a:string)[1, 'x']", "KS171 a"),
        ("print a='x' | parse a with 'x' c 'y' c", "KS171 c"),
        ("print a='x' | summarize a=count() by a", "KS171 a"),
        ("print a='x' | summarize count() by a, tostring(a)", "KS171 tostring(a)"),
        ("print d=dynamic(1) | mv-expand d, d", "KS171 d"),
        ("nope | where x == 1 | project y | join (other) on z", "KS204 nope, KS204 other"),
    ]);
}

#[test]
fn types_must_fit() {
    check(&[
        ("print a=1 | where a", "KS141 a"),
        ("print a=1 | where 'x'", "KS141 'x'"),
        ("print a=1 | take 'x'", "KS134 'x'"),
        ("print a=1 | top 1.5 by a", "KS134 1.5"),
        ("print d=dynamic(1) | summarize count() by d", "KS116 d"),
        ("print d=dynamic(1) | sort by d", "KS116 d"),
        ("print d=dynamic(1) | distinct *", "KS116 *"),
        ("print d=dynamic(1) | sample-distinct 1 of d", "KS116 d"),
        ("print d=dynamic(1) | partition by d (take 1)", "KS116 d"),
        ("print a=1 | mv-expand a", "KS141 a"),
        ("print a=1 | reduce by a", "KS141 a"),
        ("print a='x', b='y' | top-hitters 2 of a by b", "KS137 b"),
        ("print a=1 | sample-distinct 2 of a + 1", "KS109 a + 1"),
        ("range x from 'a' to 10 step 1", "KS138 'a'"),
        ("range x from 1 to 10 step 0", "KS140 0"),
        (
            "print t=now(), v=1 | make-series sum(v) on t from 1 to 2 step 1",
            "KS141 1, KS141 2, KS178 1",
        ),
        ("datatable(a:foo)[1]", "KS160 foo"),
        ("datatable(a:long, b:string)[1, 'x', 2]", "KS173 1, 'x', 2"),
    ]);
}

#[test]
fn keys_of_joins_must_be_on_both_sides_and_alike() {
    check(&[
        ("print a=1 | join (print a=1) on b", "KS142 b"),
        ("print a=1 | join (print b=1) on a", "KS145 a"),
        ("print a=1 | join (print a='x') on a", "KS227 a"),
        ("print a=1 | join (print b='x') on $left.a == $right.b", "KS242 $left.a == $right.b"),
        ("print a=1 | join (print b=1) on $right.b == $left.a", "KS183 $right.b, KS183 $left.a"),
        ("print a=1 | join (print b=1) on $left.a != $right.b", "KS182 $left.a != $right.b"),
        ("print a=dynamic(1) | join (print b=dynamic(1)) on $left.a == $right.b", "KS241 $left.a"),
        ("print a=1 | join (print b=1)", "KS006 join"),
    ]);
}

#[test]
fn operators_have_their_places() {
    check(&[
        ("where 1 == 1", "KS174 where"),
        ("print a=1 | print b=1", "KS175 print"),
        ("print a=1 | range x from 1 to 2 step 1", "KS175 range"),
        ("print a='x' | fork (join (print a='x') on a)", "KS177 join"),
        ("print a=1 | evaluate nope(a)", "KS124 nope"),
        ("print a=1 | invoke nope()", "KS211 nope"),
        ("union Nope*", "KS142 Nope*"),
        ("print a=1 | render foochart", "KS005 foochart"),
        ("print a=1 | render timechart with (xcolumn=q)", "KS142 q"),
        ("print a=1 | join kind=foo (print a=1) on a", "KS005 foo"),
        ("print a=1 | union isfuzzy=3 (print b=1)", "KS223 3"),
        ("print a='x' | parse a with c d", "KS101 d"),
        ("print a='x' | parse a with * c", "KS102 *, KS101 c"),
        ("print a='x' | parse a with c * 'x'", "KS103 *"),
        ("find in (DeviceInfo) where 'x' project pack(*), DeviceName", "KS185 pack(*)"),
        ("print a=1 | scan with (step s1: s1.nope == 1;)", "KS142 nope"),
        ("print a=1 | scan declare (q:long) with (step s1: true => z=1;)", "KS142 z"),
    ]);
}
