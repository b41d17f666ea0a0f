//! The plugins of `evaluate`.

use super::function::Function;
use super::function::Volatility::Volatile;
use super::kit::{ANYTHING, col, deep, o, open_table, p, plugin, t, table};
use super::signature::ArgumentKind::{ColumnOfBoth, ColumnOfFirst, LiteralNotEmpty};
use super::signature::ParameterType::{
    Array, Bag, Integer, NotDynamic, Number, Scalar, Summable, Tabular,
};
use super::signature::SchemaPart::{
    Input, InputWithoutFirst, NamedAs, Numbered, Paired, Prefixed, Referenced, RollingPercentile,
    Suffixed, TypedAs,
};
use super::signature::{
    ArgumentKind, Layout, Overload, REPEATS_COUNT_MAX as MANY, Returns, Schema, SchemaPart,
};
use crate::types::ScalarType::{Bool, Dynamic, Int, Long, Real, String, Timespan, Type};

#[rustfmt::skip]
const SQL: &[Overload] = &[
    open_table(&[
        t("connection_string", String), t("sql_query", String),
        p("sql_parameters", Bag).optional(), p("options", Bag).optional(),
    ], &[]),
];

/// All tables.
pub(super) static TABLES: &[&[Function]] = &[ROWS];

#[rustfmt::skip]
static ROWS: &[Function] = &[
    plugin("active_users_count", &[table(&[
        p("IdColumn", NotDynamic).column(), p("TimelineColumn", Summable).column(),
        p("Start", Summable).constant(), p("End", Summable).constant(),
        p("LookbackWindow", Summable).constant(), p("Period", Summable).constant(),
        p("ActivePeriods", Summable).constant(), p("Step", Summable).constant(),
        p("Dimension", NotDynamic).column().times(0, MANY),
    ], &[Referenced("TimelineColumn"), Referenced("Dimension"), col("dcount", Long)]).repeating()],
        "Counts the ids that were active in several periods before."),
    plugin("activity_counts_metrics", &[table(&[
        p("IdColumn", NotDynamic).column(), p("TimelineColumn", Summable).column(),
        p("Start", Summable).constant(), p("End", Summable).constant(),
        p("Step", Summable).constant(), p("Dimension", NotDynamic).column().times(0, MANY),
    ], &[
        Referenced("TimelineColumn"), Referenced("Dimension"), col("count", Long),
        col("dcount", Long), col("new_dcount", Long), col("aggregated_dcount", Long),
    ]).repeating()],
        "Counts activities, ids, new ids and ids so far for each window."),
    plugin("activity_engagement", &[
        table(&[
            p("IdColumn", NotDynamic).column(), p("TimelineColumn", Summable).column(),
            p("InnerActivityWindow", Summable).constant(),
            p("OuterActivityWindow", Summable).constant(),
        ], &[
            Referenced("TimelineColumn"), col("dcount_activities_inner", Long),
            col("dcount_activities_outer", Long), col("activity_ratio", Real),
        ]),
        table(&[
            p("IdColumn", NotDynamic).column(), p("TimelineColumn", Summable).column(),
            p("Start", Summable).constant(), p("End", Summable).constant(),
            p("InnerActivityWindow", Summable).constant(),
            p("OuterActivityWindow", Summable).constant(),
            p("Dimension", NotDynamic).column().times(0, MANY),
        ], &[
            Referenced("TimelineColumn"), Referenced("Dimension"),
            col("dcount_activities_inner", Long), col("dcount_activities_outer", Long),
            col("activity_ratio", Real),
        ]).repeating(),
    ],
        "The share of the ids active in a long window that are active in a short one."),
    plugin("activity_metrics", &[
        table(&[
            p("IdColumn", Scalar).column(), p("TimelineColumn", Summable).column(),
            p("Start", Summable).constant(), p("End", Summable).constant(),
            p("Step", Summable).constant(), p("Dimension", NotDynamic).column().times(0, MANY),
        ], &[
            Referenced("TimelineColumn"), Referenced("Dimension"), col("dcount_values", Long),
            col("dcount_newvalues", Long), col("retention_rate", Real), col("churn_rate", Real),
        ]).repeating(),
        table(&[
            p("IdColumn", Scalar).column(), p("TimelineColumn", Summable).column(),
            p("Start", Summable).constant().optional(), p("End", Summable).constant().optional(),
        ], &[
            Referenced("TimelineColumn"), col("dcount_values", Long),
            col("dcount_newvalues", Long), col("retention_rate", Real), col("churn_rate", Real),
        ]),
    ],
        "Active and new ids, and how many stay or leave, for each window."),
    plugin("azure_digital_twins_query_request", &[open_table(&[
        t("endpoint", String), t("sql_query", String),
    ], &[])],
        "The answer of Azure Digital Twins to a query.").lasting(Volatile),
    plugin("autocluster", &[table(&[
        t("SizeWeight", Real).optional().tilde(),
        p("WeightColumn", Scalar).column().optional().tilde(),
        p("NumSeeds", Integer).optional().tilde(), p("CustomWildcard", Scalar).times(0, MANY),
    ], &[col("SegmentId", Long), col("Count", Long), col("Percent", Real), Input]).repeating()],
        "Common patterns of the columns, by which the rows fall into groups."),
    plugin("bag_unpack", &[open_table(&[
        p("column", Scalar).column(),
        t("column_prefix", String).as_kind(LiteralNotEmpty).optional(),
    ], &[InputWithoutFirst])],
        "The properties of a bag as columns."),
    plugin("basket", &[table(&[
        t("Threshold", Real).optional().tilde(),
        p("WeightColumn", Scalar).column().optional().tilde(),
        p("MaxDimensions", Integer).optional().tilde(), p("CustomWildcard", Scalar).times(0, MANY),
    ], &[col("SegmentId", Long), col("Count", Long), col("Percent", Real), Input]).repeating()],
        "All combinations of values that are frequent enough."),
    plugin("cosmosdb_sql_request", SQL,
        "The answer of Cosmos DB to an SQL query.").lasting(Volatile),
    plugin("csharp", &[o(&[
        t("OutputSchema", Type), t("Script", String), p("Arguments", Bag).optional(),
    ], Returns::Table(Schema::TypeArgument))],
        "The answer of a C# script over the rows.").lasting(Volatile),
    plugin("dcount_intersect", &[table(&[
        p("hll", Array).times(2, MANY),
    ], &[Input, Numbered { prefix: "s", ty: Long }]).repeating()],
        "How many distinct values HyperLogLog sketches have in common."),
    plugin("diffpatterns", &[table(&[
        p("SplitColumn", Scalar).column(), t("SplitValueA", String), t("SplitValueB", String),
        p("WeightColumn", Scalar).column().optional().tilde(),
        t("Threshold", Real).optional().tilde(), p("MaxDimensions", Integer).optional().tilde(),
        p("CustomWildcard", Scalar).times(0, MANY),
    ], &[
        col("SegmentId", Long), col("CountA", Long), col("CountB", Long), col("PercentA", Real),
        col("PercentB", Real), col("PercentDiffAB", Real), Input,
    ]).repeating()],
        "The patterns that tell two sets of rows apart."),
    // Not in the analyzer; the reference has a page.
    plugin("diffpatterns_text", &[table(&[
        t("TextColumn", String).column(), t("BooleanCondition", Bool),
        p("MinTokens", Integer).optional(), t("Threshold", Real).optional(),
        p("MaxTokens", Integer).optional(),
    ], &[
        col("Count_of_True", Long), col("Count_of_False", Long), col("Percent_of_True", Real),
        col("Percent_of_False", Real), col("Pattern", String),
    ])],
        "The patterns of words that tell two sets of texts apart."),
    plugin("estimate_rows_count", &[table(&[], &[col("EstimatedRowsCount", Long)])],
        "About how many rows the input has."),
    plugin("execute_show_command", &[open_table(&[
        t("connection_string", String), t("command", String),
    ], &[])],
        "The answer of another cluster to a command that shows.").lasting(Volatile),
    plugin("execute_query", &[open_table(&[
        t("connection_string", String), t("query", String),
    ], &[])],
        "The answer of another cluster to a query.").lasting(Volatile),
    plugin("external_datatable", &[open_table(&[], &[])], "Rows from outside.").lasting(Volatile),
    plugin("funnel_sequence", &[table(&[
        p("IdColumn", NotDynamic).column(), p("TimelineColumn", Summable).column(),
        p("Start", Summable).constant(), p("End", Summable).constant(),
        p("MaxWindowSizeBetweenSteps", Summable).constant(), p("Step", Summable).constant(),
        p("StateColumn", NotDynamic).column(), p("Sequence", Array).constant(),
    ], &[
        Referenced("TimelineColumn"), TypedAs { name: "prev", parameter: "StateColumn" },
        TypedAs { name: "next", parameter: "StateColumn" }, col("dcount", Long),
        SchemaPart::Field(deep("samples", ANYTHING)),
    ])],
        "Counts the ids that went through a sequence of states, with what came before and after."),
    plugin("funnel_sequence_completion", &[table(&[
        p("IdColumn", NotDynamic).column(), p("TimelineColumn", Summable).column(),
        p("Start", Summable).constant(), p("End", Summable).constant(),
        p("BinSize", Summable).constant(), p("StateColumn", NotDynamic).column(),
        p("Sequence", Array).constant(), p("MaxSequencePeriods", Array).constant(),
    ], &[
        Referenced("TimelineColumn"), NamedAs { parameter: "StateColumn", ty: String },
        col("Period", Timespan), col("dcount", Long),
    ])],
        "Counts the ids that completed a sequence within several periods."),
    plugin("http_request", &[table(&[
        t("Uri", String).constant(), p("RequestHeaders", Bag).optional(),
        p("Options", Bag).optional(),
    ], &[col("ResponseHeaders", Dynamic), col("ResponseBody", Dynamic)])],
        "The answer to a GET request.").lasting(Volatile),
    plugin("http_request_post", &[table(&[
        t("Uri", String).constant(), p("RequestHeaders", Bag).optional(),
        p("Options", Bag).optional(), t("Content", String).constant().optional(),
    ], &[col("ResponseHeaders", Dynamic), col("ResponseBody", Dynamic)])],
        "The answer to a POST request.").lasting(Volatile),
    plugin("identity", &[table(&[], &[Input])], "The rows as they are."),
    plugin("identity_v3", &[table(&[
        t("mode", String).constant(), t("exceptionText", String).constant(),
    ], &[Input])],
        "The rows as they are, or a failure, for tests."),
    plugin("infer_storage_schema", &[table(&[p("Options", Bag)], &[col("CslSchema", String)])],
        "The schema of files outside, as text.").lasting(Volatile),
    plugin("infer_storage_schema_with_suggestions", &[table(&[
        p("Options", Bag),
    ], &[col("SuggestedTableSchema", String)])],
        "A suggestion for the schema of files outside.").lasting(Volatile),
    plugin("geo_polygon_lookup", &[o(&[
        p("LookupTable", Tabular), p("LookupPolygonKey", Bag).as_kind(ColumnOfFirst),
        p("SourceLongitude", Scalar).column(), p("SourceLatitude", Scalar).column(),
        t("radius", Real).literal().optional(), t("return_unmatched", Bool).literal().optional(),
        t("lookup_area_radius", Real).literal().optional(),
        t("return_lookup_key", Bool).literal().optional(),
    ], Returns::Table(Schema::Lookup { without: "LookupPolygonKey", kept_by: "return_lookup_key" })).layout(Layout::NamedTail)],
        "The rows with those of a table whose polygon holds their point."),
    plugin("geo_line_lookup", &[o(&[
        p("LookupTable", Tabular), p("LookupLineKey", Bag).as_kind(ColumnOfFirst),
        p("SourceLongitude", Scalar).column(), p("SourceLatitude", Scalar).column(),
        t("radius", Real).literal(), t("return_unmatched", Bool).literal().optional(),
        t("lookup_area_radius", Real).literal().optional(),
        t("return_lookup_key", Bool).literal().optional(),
    ], Returns::Table(Schema::Lookup { without: "LookupLineKey", kept_by: "return_lookup_key" })).layout(Layout::NamedTail)],
        "The rows with those of a table whose line is near their point."),
    plugin("ipv4_lookup", &[o(&[
        p("LookupTable", Tabular), p("SourceIPv4Key", Scalar).column(),
        p("IPv4LookupKey", Scalar).as_kind(ColumnOfFirst),
        p("ExtraKey", Scalar).as_kind(ColumnOfBoth).times(0, MANY),
        t("return_unmatched", Bool).literal().optional(),
    ], Returns::Table(Schema::Lookup { without: "ExtraKey", kept_by: "" })).layout(Layout::KeysThenFlag)],
        "The rows with those of a table whose IPv4 range holds their address."),
    plugin("ipv6_lookup", &[o(&[
        p("LookupTable", Tabular), p("SourceIPv6Key", Scalar).column(),
        p("IPv6LookupKey", Scalar).as_kind(ColumnOfFirst),
        t("return_unmatched", Bool).literal().optional(),
    ], Returns::Table(Schema::Lookup { without: "", kept_by: "" })).layout(Layout::NamedTail)],
        "The rows with those of a table whose IPv6 range holds their address."),
    plugin("narrow", &[table(&[
        
    ], &[col("Row", Long), col("Column", String), col("Value", String)])],
        "One row for each value: row, column and value as text."),
    plugin("new_activity_metrics", &[table(&[
        p("IdColumn", NotDynamic).column(), p("TimelineColumn", Summable).column(),
        p("Start", Summable).constant(), p("End", Summable).constant(), p("Window", Scalar),
        p("Cohort", Scalar).constant().optional(),
        p("Dimension", NotDynamic).column().times(0, MANY), p("lookback", Tabular).optional(),
    ], &[
        Prefixed { prefix: "from", parameter: "TimelineColumn" },
        Prefixed { prefix: "to", parameter: "TimelineColumn" }, Referenced("Dimension"),
        col("dcount_new_values", Long), col("dcount_retained_values", Long),
        col("dcount_churn_values", Long), col("retention_rate", Real), col("churn_rate", Real),
    ]).layout(Layout::CohortThenDimensions)],
        "How many new ids of each window stay or leave in the next ones."),
    plugin("pivot", &[o(&[
        p("pivotColumn", NotDynamic).column(),
        p("aggregateFunction", Scalar).as_kind(ArgumentKind::Aggregate).optional(),
        p("columnName", Scalar).column().times(0, MANY),
    ], Returns::Table(Schema::Pivot)).repeating()],
        "The values of a column as columns, each with an aggregate."),
    plugin("preview", &[o(&[p("NumberOfRows", Integer)], Returns::Table(Schema::InputAndCount))],
        "The first rows, and beside them the count of all."),
    plugin("python", &[o(&[
        t("OutputSchema", Type), t("Script", String), p("Arguments", Bag).optional(),
        p("Artifacts", Bag).optional(),
    ], Returns::Table(Schema::TypeArgument))],
        "The answer of a Python script over the rows.").lasting(Volatile),
    plugin("r", &[o(&[
        t("OutputSchema", Type), t("Script", String), p("Arguments", Bag).optional(),
    ], Returns::Table(Schema::TypeArgument))],
        "The answer of an R script over the rows.").lasting(Volatile),
    plugin("rolling_percentile", &[table(&[
        p("ValueColumn", Summable).column(), p("Percentile", Number).constant(),
        p("IndexColumn", Summable).column(), p("BinSize", Summable),
        p("BinsPerWindow", Integer).constant(), p("Dimension", NotDynamic).column().times(0, MANY),
    ], &[Referenced("IndexColumn"), Referenced("Dimension"), RollingPercentile]).repeating()],
        "A percentile of the values in a window that moves."),
    plugin("rows_near", &[table(&[
        t("Condition", Bool), p("NumRows", Integer).constant(),
        p("NumRowsAfter", Integer).constant().optional(),
    ], &[Input])],
        "The rows that meet a condition, with those just before and after."),
    plugin("session_count", &[table(&[
        p("IdColumn", NotDynamic).column(), p("TimelineColumn", Summable).column(),
        p("Start", Summable).constant(), p("End", Summable).constant(),
        p("Bin", Summable).constant(), p("LookBackWindow", Summable).constant(),
        p("Dimension", NotDynamic).column().times(0, MANY),
    ], &[
        Referenced("TimelineColumn"), Referenced("Dimension"), col("count_sessions", Long),
    ]).repeating()],
        "Counts the sessions of ids in each bin."),
    plugin("sequence_detect", &[table(&[
        p("TimelineColumn", Summable).column(), p("MaxSeqeunceStepWindow", Summable).constant(),
        p("MaxSequenceSpan", Summable).constant(), t("Expr", Bool).times(1, MANY),
        p("Dimension", NotDynamic).column().times(0, MANY),
    ], &[
        Referenced("Dimension"), Paired { each: "Expr", with: "TimelineColumn" },
        col("Duration", Timespan),
    ]).layout(Layout::ConditionsThenDimensions)],
        "Finds where conditions are met one after the other."),
    plugin("sliding_window_counts", &[table(&[
        p("IdColumn", NotDynamic).column(), p("TimelineColumn", Summable).column(),
        p("Start", Summable).constant(), p("End", Summable).constant(),
        p("LookBackWindow", Summable).constant(), p("Step", Summable).constant(),
        p("Dimension", NotDynamic).column().times(0, MANY),
    ], &[
        Referenced("TimelineColumn"), Referenced("Dimension"), col("Count", Long),
        col("Dcount", Long),
    ]).repeating()],
        "Counts values and distinct values in a window that slides."),
    plugin("sql_request", SQL, "The answer of an SQL Server to a query.").lasting(Volatile),
    plugin("mysql_request", SQL, "The answer of a MySQL server to a query.").lasting(Volatile),
    plugin("postgresql_request", SQL,
        "The answer of a PostgreSQL server to a query.").not_offered().lasting(Volatile),
    plugin("dax_request", &[open_table(&[
        t("connection_string", String), t("dax_query", String),
        p("dax_parameters", Bag).optional(), p("options", Bag).optional(),
    ], &[])],
        "The answer of an Analysis Services model to a DAX query.").not_offered().lasting(Volatile),
    plugin("ai_embed_text", &[table(&[
        p("Text", Scalar), t("ConnectionString", String), p("Options", Bag).optional(),
        t("IncludeErrorMessages", Bool).optional(),
    ], &[
        Input, Suffixed { parameter: "Text", suffix: "embedding", ty: Dynamic, when: None },
        Suffixed { parameter: "Text", suffix: "embedding_error", ty: String, when: Some("IncludeErrorMessages") },
    ])],
        "The old name of `ai_embeddings`.").instead("ai_embeddings").lasting(Volatile),
    plugin("ai_chat_completion", &[table(&[
        p("Prompt", Array), t("ConnectionString", String), p("Options", Bag).optional(),
        t("IncludeErrorMessages", Bool).optional(),
    ], &[
        Input, Suffixed { parameter: "Prompt", suffix: "completion", ty: String, when: None },
        Suffixed { parameter: "Prompt", suffix: "completion_error", ty: String, when: Some("IncludeErrorMessages") },
    ])],
        "The answer of a language model to a conversation.").lasting(Volatile),
    plugin("ai_chat_completion_prompt", &[table(&[
        t("Prompt", String), t("ConnectionString", String), p("Options", Bag).optional(),
        t("IncludeErrorMessages", Bool).optional(),
    ], &[
        Input, Suffixed { parameter: "Prompt", suffix: "completion", ty: String, when: None },
        Suffixed { parameter: "Prompt", suffix: "completion_error", ty: String, when: Some("IncludeErrorMessages") },
    ])],
        "The answer of a language model to a prompt.").lasting(Volatile),
    plugin("ai_embeddings", &[table(&[
        p("Text", Scalar), t("ConnectionString", String), p("Options", Bag).optional(),
        t("IncludeErrorMessages", Bool).optional(),
    ], &[
        Input, Suffixed { parameter: "Text", suffix: "embeddings", ty: Dynamic, when: None },
        Suffixed { parameter: "Text", suffix: "embeddings_error", ty: String, when: Some("IncludeErrorMessages") },
    ])],
        "The embedding vector that a language model makes of a text.").lasting(Volatile),
    plugin("schema_merge", &[table(&[
        t("PreserveOrder", Bool),
    ], &[
        col("ColumnName", String), col("ColumnOrdinal", Int), col("DataType", String),
        col("ColumnType", String),
    ])],
        "Merges the schemas of several tables into one."),
];
