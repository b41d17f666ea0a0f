//! Columns of `evaluate`, and of what comes after rows whose columns the data tells.

use super::check;

#[test]
fn plugins_tell_their_columns() {
    check(&[
        ("print a=1, d=dynamic({}) | evaluate bag_unpack(d)", "a open"),
        ("print a=1, d=dynamic({}) | evaluate bag_unpack(d) : (*, x:string)", "a x:string"),
        ("print a=1, d=dynamic({}) | evaluate bag_unpack(d) : (x:string)", "x:string"),
        ("print a='x', b=1, c=2 | evaluate pivot(a, sum(b))", "c open"),
        ("print a='x', b=1, c=2 | evaluate pivot(a, sum(b), c, b)", "c b open"),
        ("print a=1 | evaluate narrow()", "Row Column:string Value:string"),
        ("print a=1 | evaluate autocluster()", "SegmentId Count Percent:real a"),
        ("print a=1 | evaluate rows_near(a == 1, 2)", "a"),
        (
            "print a='x' | evaluate diffpatterns(a, '1', '2')",
            "SegmentId CountA CountB PercentA:real PercentB:real PercentDiffAB:real a:string",
        ),
        ("print h=dynamic([]) | evaluate dcount_intersect(h, h)", "h:dynamic s0 s1"),
        (
            "print a='x', b=1 | evaluate ipv4_lookup(datatable(a:string, b:long, c:long)[], a, a)",
            "a:string b a1:string b1 c",
        ),
        (
            "print a='x', b=1 | evaluate ipv4_lookup(datatable(a:string, b:long, c:long)[], a, a, b, return_unmatched=true)",
            "a:string b a1:string c",
        ),
        (
            "print a='x' | evaluate ipv6_lookup(datatable(a:string)[], a, a, true)",
            "a:string a1:string",
        ),
        ("evaluate http_request('https://x')", "ResponseHeaders:dynamic ResponseBody:dynamic"),
        ("evaluate infer_storage_schema(dynamic({}))", "CslSchema:string"),
        ("evaluate sql_request('x', 'y') : (a:string)", "a:string"),
        ("print a='x' | evaluate python(typeof(*, b:long), 'script')", "a:string b"),
        (
            "print t=now(), id='x', d='y' | evaluate session_count(id, t, ago(1d), now(), 1h, 1h, d)",
            "t:datetime d:string count_sessions",
        ),
        (
            "print t=now(), id='x', d='y' | evaluate sequence_detect(t, 1h, 2h, a=(id == 'x'), b=(id == 'y'), d)",
            "d:string a_t:datetime b_t:datetime Duration:timespan",
        ),
        (
            "print t=now(), d='y' | evaluate rolling_percentile(t, 50, t, 1d, 3, d)",
            "t:datetime d:string rolling_3_percentile_t_50:datetime",
        ),
        (
            "print t=now(), id='x', d='y' | evaluate activity_counts_metrics(id, t, ago(1d), now(), 1d, d)",
            "t:datetime d:string count dcount new_dcount aggregated_dcount",
        ),
        (
            "print t=now(), id='x' | evaluate new_activity_metrics(id, t, ago(1d), now(), 1d)",
            "from_t:datetime to_t:datetime dcount_new_values dcount_retained_values dcount_churn_values retention_rate:real churn_rate:real",
        ),
        (
            "print t=now(), id='x', d='y' | evaluate funnel_sequence_completion(id, t, ago(1d), now(), 1d, d, dynamic(['a']), dynamic([1d]))",
            "t:datetime d:string Period:timespan dcount",
        ),
    ]);
}

#[test]
fn open_rows_have_any_column() {
    check(&[
        (
            "print a=1, d=dynamic({}) | evaluate bag_unpack(d) | where Foo == 1",
            "a Foo:unknown open",
        ),
        (
            "print a=1, d=dynamic({}) | evaluate bag_unpack(d) | where Foo == 1 | project a, Foo",
            "a Foo:unknown open",
        ),
        (
            "print a=1, d=dynamic({}) | evaluate bag_unpack(d) | summarize count() by Foo",
            "Foo:unknown count_ open",
        ),
        (
            "print a=1, d=dynamic({}) | evaluate bag_unpack(d) | extend Foo=tostring(Foo)",
            "a Foo:string open",
        ),
        (
            "print a=1, d=dynamic({}) | evaluate bag_unpack(d) | project-rename B=Foo",
            "a B:unknown open",
        ),
        (
            "print a=1, d=dynamic({}) | evaluate bag_unpack(d) | join (print Foo=1) on Foo",
            "a Foo:unknown Foo1 open",
        ),
        (
            "print a=1, d=dynamic({}) | evaluate bag_unpack(d) | mv-expand Foo to typeof(string)",
            "a Foo:string open",
        ),
        ("print a=1, d=dynamic({}) | evaluate bag_unpack(d) | count", "Count"),
        ("evaluate sql_request('x', 'y') | where q == 1 | project q", "q:unknown open"),
    ]);
}
