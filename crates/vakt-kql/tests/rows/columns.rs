//! Columns of what is no plugin and no graph.

use super::check;

#[test]
fn sources_tell_their_columns() {
    check(&[
        ("print x=1, 2, strlen('a')", "x print_1 print_2"),
        ("range x from 1 to 10 step 1", "x"),
        ("range x from 1 to 10 step 1.0", "x:real"),
        ("range x from int(1) to int(10) step int(1)", "x:int"),
        ("range x from datetime(2020-01-01) to now() step 1d", "x:datetime"),
        ("datatable(a:long, b:string)[1, 'x', 2, 'y']", "a b:string"),
        ("datatable(a:dynamic, ['b c']:guid)[]", "a:dynamic b c:guid"),
        (
            "externaldata(a:string)[@'https://x'] with (format='csv', ignoreFirstRecord=true)",
            "a:string",
        ),
        ("FileCreationEvents | project FileSize", "FileSize"),
        ("table('DeviceInfo') | project OSBuild", "OSBuild"),
        ("let T = print a=1; T | extend b=a", "a b"),
        ("let f = (n:long) { range x from 1 to n step 1 }; f(3)", "x"),
    ]);
}

#[test]
fn rows_are_chosen_and_ordered_without_other_columns() {
    check(&[
        ("print a=1, b='x' | where a == 1", "a b:string"),
        ("print a=1 | take 1 | limit 1 | sample 1", "a"),
        ("print a=1, b='x' | sort by a asc, b desc nulls first", "a b:string"),
        ("print a=1, b='x' | top 1 by b asc nulls last", "a b:string"),
        ("print a=1 | count", "Count"),
        ("print a=1 | count as n", "n"),
        ("print a=1, b='x' | sample-distinct 2 of b", "b:string"),
        ("print a='x', b=1 | top-hitters 2 of a", "a:string approximate_count_a"),
        ("print a='x', b=1 | top-hitters 2 of a by b", "a:string approximate_sum_b"),
        (
            "print a='x', b=1 | top-nested 2 of a by sum(b), top-nested of b with others='x' by s=count()",
            "a:string aggregated_a b s",
        ),
        ("print a='x' | top-nested 2 of x=tolower(a) by count()", "x:string aggregated_x"),
        (
            "print a=1 | getschema",
            "ColumnName:string ColumnOrdinal DataType:string ColumnType:string",
        ),
        ("print a=1 | getschema kind=csl", "Schema:string"),
        ("print a=1 | render timechart with (title='x')", "a"),
        ("print a=1 | consume", ""),
        ("print a=1 | assert-schema (a:long)", "a"),
        ("print a='x' | reduce by a", "Pattern:string Count Representative:string"),
        (
            "print a='x' | reduce kind=source by a with threshold=0.1",
            "a:string Pattern:string Count Representative:string",
        ),
        ("print a=1 | as T | union T", "a"),
        ("print a='x' | serialize n=row_number()", "a:string n"),
    ]);
}

#[test]
fn projections_name_what_has_no_name() {
    check(&[
        ("print a=1 | extend b=a, c=a", "a b c"),
        ("print a=1 | extend a='x'", "a:string"),
        ("print a='x' | extend strlen(a), strlen(a)", "a:string strlen_a"),
        (
            "print a='x' | project strlen(a), strlen(a), 1, 2, a",
            "strlen_a strlen_a1 Column1 Column2 a:string",
        ),
        ("print a=1, b=2 | extend a=b, b='x'", "a b:string"),
        (
            "print d=parse_json('') | project d.a, d['b'], d[0], tostring(d.c)",
            "d_a:dynamic d_b:dynamic d_0:dynamic d_c:string",
        ),
        ("print a=1, b='x' | project tolong(a), tostring(a)", "a a1:string"),
        ("print a=1, b='x' | extend (tostring(b))", "a b:string"),
        ("print a=1, b='x' | project-away a", "b:string"),
        ("print ab=1, ac=2, b=3 | project-away a*", "b"),
        ("print ab=1, ac=2, b=3 | project-keep b, a*", "ab ac b"),
        ("print a=1, b='x' | project-rename c=a, d=b", "c d:string"),
        ("print a=1, b='x' | project-rename c=a, b=a", "c b:string"),
        ("print a=1, b=2, c10=1, c2=2 | project-reorder b, a", "b a c10 c2"),
        ("print a=1, b=2, c10=1, c2=2 | project-reorder c* asc, b", "c10 c2 b a"),
        ("print a=1, b=2, c10=1, c2=2 | project-reorder c* granny-asc", "c2 c10 a b"),
        ("print a=1, b=2, c10=1, c2=2 | project-reorder * desc", "c2 c10 b a"),
        ("print a=1, b=2 | project-by-names 'b', 'a*'", "b a"),
        ("print a=1, b=2 | project-by-names dynamic(['b', 'zz'])", "b"),
        ("print a=1, b=2, c='x' | distinct c, a + 1", "c:string Column1"),
        ("print a=1, c='x' | distinct *", "a c:string"),
    ]);
}

#[test]
fn groups_come_before_aggregates() {
    check(&[
        ("print a='x', b=1 | summarize count(), max(b) by a", "a:string count_ max_b"),
        ("print a='x', b=1 | summarize by a, c=bin(b, 10)", "a:string c"),
        ("print a='x', b=1 | summarize by a, bin(b, 10), b + 1", "a:string b Column1"),
        (
            "print b=1 | summarize max(b), max(b), max(b) - min(b), count() * 2",
            "max_b max_b1 Column1 Column2",
        ),
        ("print b=1 | summarize count_=max(b), count()", "count_ count_1"),
        ("print a='x', b=1, c=2 | summarize arg_max(b, *) by a", "a:string b c"),
        ("print a='x', b=1, c=2 | summarize arg_max(b, *) by x=a", "x:string b c"),
        (
            "print a='x', b=1, c=2 | summarize arg_max(b, *) by tolower(a)",
            "Column1:string b a:string c",
        ),
        (
            "print a='x', b=1, c=2 | summarize arg_max(b, *), arg_min(c, *) by a",
            "a:string b c c1 b1",
        ),
        ("print a='x', b=1, c=2 | summarize (x, y)=arg_max(b, c) by a", "a:string x y"),
        ("print a='x', b=1, c=2 | summarize x=arg_max(b, c) by a", "a:string x c"),
        ("print a='x', b=1 | summarize arg_max(b, a) by a", "a:string b a1:string"),
        ("print a='x', b=1, c=2 | summarize any(*), take_any(b) by a", "a:string any_b any_c b"),
        (
            "print b=1 | summarize percentiles(b, 5, 50), percentile(b, 99), percentiles_array(b, 1, 2)",
            "percentile_b_5 percentile_b_50 percentile_b_99 percentiles_b:dynamic",
        ),
        (
            "print a='x', b=1 | summarize make_set(a), make_bag(pack('a', 1)), dcountif(a, b > 1)",
            "set_a:dynamic bag_:dynamic dcountif_a",
        ),
        (
            "print t=now(), v=1, g='a' | make-series s=sum(v) default=0, avg(v) on t step 1d by g",
            "g:string s:dynamic avg_v:dynamic t:dynamic",
        ),
        (
            "print t=now(), v=1 | make-series sum(v) on bin(t, 1d) in range(ago(1d), now(), 1d)",
            "sum_v:dynamic t:dynamic",
        ),
    ]);
}

#[test]
fn joins_number_the_names_that_clash() {
    check(&[
        ("print a=1, b=1 | join (print b=1, a=1, a1=2) on a", "a b b1 a2 a1"),
        (
            "print a=1, b=1 | join kind=leftanti (print b=1, a=1) on a and $left.b == $right.b",
            "a b",
        ),
        ("print a=1, b=1 | join kind=rightsemi (print c=1, a=1) on a", "c a"),
        ("print a=1 | join kind=inner (print b=int(1)) on $left.a == $right.b", "a b:int"),
        ("print a=dynamic(1) | join (print a=dynamic(1)) on a", "a:dynamic a1:dynamic"),
        ("print a=1, b=1 | lookup (print c=1, a=1, b=2) on a", "a b c b1"),
        ("print a=1, b=1 | lookup (print c=1, a=1) on $left.a == $right.c", "a b a1"),
    ]);
}

#[test]
fn unions_meet_by_name_and_type() {
    check(&[
        ("union (print a=1), (print b='x')", "a b:string"),
        ("print a=1 | union (print a='x'), (print b=1)", "a_long a_string:string b"),
        ("union withsource=T (print a=1), (print a=1.0)", "T:string a_long a_real:real"),
        ("union withsource=a (print a=1)", "a:string a1"),
        ("union kind=inner (print a=1, b=2), (print c=3, a=1)", "a"),
        ("union isfuzzy=true Nope, (print a=1)", "a open"),
        ("Nope | union isfuzzy=true (print a=1)", "a open"),
        ("let v = view () { print n=1 }; union v*", "n"),
        ("union DeviceTvmSoftwareV* | project-keep *Score", "CvssScore:string"),
    ]);
}

#[test]
fn search_and_find_tell_the_table() {
    check(&[
        ("print a='x' | search 'x' and not('y') or 42 or a:'z'", "$table:string a:string"),
        ("print a='x' | search * | project a", "a:string"),
        ("search in (AlertInfo) 'x' | project-keep $table, Title", "$table:string Title:string"),
        (
            "find in (DeviceEvents, DeviceInfo) where DeviceName == 'x' project DeviceName, ActionType:string",
            "source_:string DeviceName:string ActionType:string",
        ),
        (
            "find withsource=S in (DeviceEvents, DeviceInfo) where DeviceName == 'x' project DeviceName, pack(*)",
            "S:string DeviceName:string pack_:dynamic",
        ),
        (
            "find in (DeviceEvents, DeviceInfo) where OSBuild == 1 | project-keep source_, OSBuild",
            "source_:string OSBuild",
        ),
        (
            "find in (AlertInfo, AlertEvidence) where Title == 'x' and ServiceSource == 'y' | project-away T*",
            "source_:string AlertId:string Severity:string ServiceSource:string DetectionSource:string AttackTechniques:string pack_:dynamic",
        ),
    ]);
}

#[test]
fn what_is_in_a_dynamic_becomes_rows() {
    check(&[
        ("print a=1, d=dynamic([1]) | mv-expand d", "a d:dynamic"),
        ("print d=dynamic([1]) | mv-expand d to typeof(long)", "d"),
        (
            "print d=dynamic([1]) | mv-expand x=d, y=d to typeof(string)",
            "d:dynamic x:dynamic y:string",
        ),
        ("print d=dynamic([1]) | mv-expand with_itemindex=i d limit 5", "d:dynamic i"),
        ("print d=dynamic([1]) | mv-expand with_itemindex=d d", "d:dynamic d1"),
        ("print d=dynamic({}) | mv-expand kind=array d.x", "d:dynamic d_x:dynamic"),
        ("print a='x' | mv-expand parse_json(a)", "a:dynamic"),
        ("print a='x' | mvexpand split(a, ',')", "a:dynamic"),
        ("print d=dynamic([1]), b=1 | mv-apply d on (take 1)", "b d:dynamic"),
        (
            "print d=dynamic([1]), b=1 | mv-apply x=d to typeof(long) on (summarize s=sum(x), b=max(x))",
            "d:dynamic b s",
        ),
        (
            "print d=dynamic([1]), b=1 | mv-apply with_itemindex=i x=d to typeof(long) on (where i == 1)",
            "d:dynamic b x i",
        ),
        ("print a='x', d=dynamic(1) | mv-apply x=d on (extend a=1)", "a d:dynamic x:dynamic"),
    ]);
}

#[test]
fn texts_are_taken_apart() {
    check(&[
        ("print a='x' | parse a with 'x' c 'y' d:long * 'z'", "a:string c:string d"),
        ("print a='x', b=1 | parse a with 'x' b 'y' a:long", "a:string b b1:string a1"),
        ("print a='x' | parse kind=regex flags=i a with * 'x' q:int", "a:string q:int"),
        ("print a='x' | parse-where a with ['q w']:long 'x'", "a:string q w"),
        (
            "print a='x' | parse-kv a as (x:string, y:long) with (pair_delimiter=' ')",
            "a:string x:string y",
        ),
    ]);
}

#[test]
fn queries_within_queries_give_their_columns() {
    check(&[
        ("print a='x', b=1 | partition by a (top 1 by b)", "a:string b"),
        ("print a='x', b=1 | partition by a (summarize c=count() by b)", "b c"),
        ("print a='x', b=1 | partition by a {print q=a}", "q:string"),
        ("print a='x', b=1 | fork (where b == 1) q=(project a)", "a:string b"),
        ("print a='x', b=1 | facet by a, b with (where b == 1 | project b)", "b"),
        ("print a='x', b=1 | facet by a", "a:string count_a"),
        ("let f = (T:(*), n:long) { T | extend z=n }; print a=1 | invoke f(3)", "a z"),
        (
            "DeviceFileEvents | project SHA1 | invoke FileProfile(SHA1) | project SHA1, SHA11, GlobalPrevalence",
            "SHA1:string SHA11:string GlobalPrevalence",
        ),
        ("print a='x', b=1 | scan with (step s1: true;)", "a:string b"),
        (
            "print a='x', b=1 | scan with_match_id=m declare (q:long=0) with (step s1 output=last: true => q=s1.q + b; step s2: s1.b > 1;)",
            "a:string b q m",
        ),
    ]);
}
