//! What tokens and nodes there are. The comment of a node is its layout: `?` may be absent, `*` any
//! number, and after wrong input any part may be absent or [`NodeKind::Missing`].

/// A token of the text. Keywords are words: nearly all of them are lawful names of columns, so only
/// the grammar knows which word is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A name or keyword: `DeviceEvents`, `where`, `has_any`, `$left`.
    Word,
    /// A keyword of several parts, read as one: `mv-expand`, `top-nested`, `hint.strategy`,
    /// `matches regex`.
    DashedWord,
    /// A word with a sign, read as one: `!has`, `!in`, `in~`, `!in~`, `!between`.
    SignedWord,
    /// `true`, `False`.
    Bool,
    /// Digits, also hexadecimal: `17`, `0xFF`. A long by itself.
    Integer,
    /// `1.5`, `2e-3`.
    Real,
    /// `1d`, `1.5h`, `30min`, `5tick`.
    Timespan,
    /// A string of any spelling, with its prefix: `"…"`, `'…'`, `@"…"`, `h'…'`, and three backticks.
    String,
    /// A typed literal with its value, read as one up to the first `)` whatever is before it:
    /// `datetime(2024-01-01)`, `int(5)`, `guid(…)`, `timespan(1.02:03:04)`, `real(nan)`, `long(null)`,
    /// `bool(1)`, `decimal(1.5)`. Also `date(…)`, `time(…)`, `double(…)`, `int32(…)`, `int64(…)`.
    TypedLiteral,
    /// A GUID without any dress around it; lawful only in a few places.
    RawGuid,
    /// `(`
    OpenParen,
    /// `)`
    CloseParen,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `|`
    Bar,
    /// `<|`
    LessBar,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Star,
    /// `/`
    Slash,
    /// `%`
    Percent,
    /// `.`
    Dot,
    /// `..`
    DotDot,
    /// `!`
    Bang,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `=`
    Equal,
    /// `==`
    EqualEqual,
    /// `!=`
    BangEqual,
    /// `<>`
    LessGreater,
    /// `=~`
    EqualTilde,
    /// `!~`
    BangTilde,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `,`
    Comma,
    /// `@`
    At,
    /// `?`
    Question,
    /// `=>`
    FatArrow,
    /// A line that begins with `#`.
    Directive,
    /// A character that begins nothing.
    Bad,
    /// After the last character.
    EndOfText,
}

/// A node of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    // ---- the whole --------------------------------------------------------------------------
    /// Directive* Statement (`;` Statement)* `;`? EndOfText. The root. After wrong input, Error nodes
    /// between them.
    Query,
    /// `let` Name `=` (Function | Materialize | EntityGroup | expression).
    LetStatement,
    /// `set` Name (`=` expression)?.
    SetStatement,
    /// `declare` `query_parameters` `(` Parameter* `)`.
    DeclareStatement,
    /// `alias` `database` Name `=` expression.
    AliasStatement,
    /// `restrict` `access` `to` `(` (NameRef | WildcardName | Path)* `)` WithProperties?.
    RestrictStatement,
    /// `declare` `pattern` Name (`=` Parameters PathParameter? `{` PatternMatch* `}`)?. Its Parameters
    /// hold NameAndType.
    PatternStatement,
    /// Arguments (`.` `[` literal `]`)? `=` FunctionBody `;`.
    PatternMatch,
    /// `[` NameAndType `]` of a pattern.
    PathParameter,
    /// An expression as a statement: what is answered.
    ExpressionStatement,
    /// `view`? Parameters FunctionBody.
    Function,
    /// `(` Parameter (`,` Parameter)* `)`.
    Parameters,
    /// Name `:` (TypeName | SchemaType) DefaultValue?.
    Parameter,
    /// `=` literal.
    DefaultValue,
    /// `{` (LetStatement `;` | DeclareStatement `;`)* ExpressionStatement? `;`? `}`.
    FunctionBody,
    /// What could not be read: the tokens that were skipped.
    Error,
    /// Nothing where something must be; spans no byte.
    Missing,

    // ---- names and types --------------------------------------------------------------------
    /// A name that is given: Word | `[` String+ `]` | `{` Word `}`. Text by `ast::name_text`.
    Name,
    /// A name that is used: Word | `[` String+ `]` | `{` Word `}`.
    NameRef,
    /// A name with stars in it: tokens with no blank between them, perhaps all in `[` `]`.
    WildcardName,
    /// `long`, `string`, …: one word.
    TypeName,
    /// `(` (`*` | NameAndType*) `)`.
    SchemaType,
    /// Name `:` (TypeName | SchemaType).
    NameAndType,
    /// `(` NameAndType (`,` NameAndType)* `)` of datatable, externaldata, parse-kv, evaluate (there
    /// a leading Star may stand).
    RowSchema,
    /// `typeof` `(` (TypeName | (NameAndType | Star)*) `)`.
    TypeOf,
    /// `to` TypeOf, of mv-expand and mv-apply.
    ToTypeOf,

    // ---- scalar expressions -----------------------------------------------------------------
    /// One literal token. Where only a literal may stand (datatable, parameters, defaults) a sign may
    /// be glued to a number: `-` Integer.
    Literal,
    /// Two or more String tokens side by side, joined.
    CompoundString,
    /// `dynamic` `(` json `)`: json is JsonObject | JsonArray | Literal | CompoundString | DynamicLiteral | JsonNull.
    DynamicLiteral,
    /// `{` JsonPair* `}`.
    JsonObject,
    /// key String or Word, `:`, json.
    JsonPair,
    /// `[` json* `]`.
    JsonArray,
    /// `null` in a dynamic literal.
    JsonNull,
    /// `-` Literal in a dynamic literal.
    JsonNegative,
    /// `(` expression `)`.
    Paren,
    /// expression `.` (NameRef | Call | Bracketed | WildcardName).
    Path,
    /// expression `[` expression `]`.
    Element,
    /// `[` expression `]` where a name could stand; `['x']` is a NameRef instead.
    Bracketed,
    /// NameRef Arguments.
    Call,
    /// `(` expression (`,` expression)* `)`.
    Arguments,
    /// Name `=` expression.
    Named,
    /// NameList `=` expression: `(a, b) = f()`.
    CompoundNamed,
    /// `(` Name (`,` Name)* `)`.
    NameList,
    /// `toscalar` (`kind` `=` …)? `(` pipe `)`.
    ToScalar,
    /// `totable` (`kind` `=` …)? `(` pipe `)`.
    ToTable,
    /// `materialize` `(` pipe `)`, only as the value of `let`; elsewhere it is an error.
    Materialize,
    /// `*`.
    Star,
    /// `@` alone.
    AtSign,
    /// (`+` | `-`) expression.
    Unary,
    /// expression operator expression. The operator is the one token directly in it. The left side
    /// may be a Star: `* has "x"`.
    Binary,
    /// expression (`in` | `!in` | `in~` | `!in~` | `has_any` | `has_all`) List.
    In,
    /// `(` expression (`,` expression)* `)` or `(` Pipe `)`: the right side of In.
    List,
    /// expression (`between` | `!between`) `(` expression `..` expression `)`.
    Between,
    /// expression `:` expression: `Column:"x"`, `*:"x"`. The grammar takes it in every expression.
    ColumnIs,

    // ---- sources ----------------------------------------------------------------------------
    /// expression `|` operator. The left side is a source or again a Pipe; a long query is a deep
    /// chain of left sides, so walk it in a loop. An operator that begins a query without a source
    /// (`print 1`, also a lonely `where x`) stands there without a Pipe.
    Pipe,
    /// `datatable` NamedParameter* RowSchema `[` expressions `]`.
    DataTable,
    /// `externaldata` NamedParameter* RowSchema `[` expressions `]` WithProperties?.
    ExternalData,
    /// `__contextual_datatable` expression RowSchema.
    ContextualDataTable,
    /// `inline_external_table` …: RowSchema and clauses of NamedParameters.
    InlineExternalTable,
    /// `materialized-view-combine` …
    MaterializedViewCombine,
    /// `entity_group` `[` expressions `]`.
    EntityGroup,
    /// `datascope`-qualified source: expression `datascope` `=` word.
    DataScope,

    // ---- parts of operators -----------------------------------------------------------------
    /// Name `=` value, as `kind=inner`, `hint.strategy=shuffle`, `withsource=T`, `isfuzzy=true`: the
    /// token of the name, `=`, then a word token, or a Literal, Name, NameRef or expression node, or
    /// NameRefs with `,`. In WithProperties of externaldata the name is a Name node.
    NamedParameter,
    /// `with` `(` NamedParameter* `)`.
    WithProperties,
    /// `by` expressions: summarize, make-series, partition, reduce, top.
    ByClause,
    /// `on` expressions: join, lookup, make-series' axis, partition.
    OnClause,
    /// expression (`asc` | `desc`)? (`nulls` (`first` | `last`))?. In sort, top, order; where neither
    /// is said it is the expression itself without this node.
    Ordered,

    // ---- operators: keyword first, all of them children of Pipe (or sources where they may) -----
    /// `as` NamedParameter* Name.
    As,
    /// `assert-schema` RowSchema.
    AssertSchema,
    /// `consume` NamedParameter*.
    Consume,
    /// `count` NamedParameter* (`as` Name)?.
    Count,
    /// `distinct` NamedParameter* expressions (or Star).
    Distinct,
    /// `evaluate` NamedParameter* Call EvaluateSchema?. Also a source.
    Evaluate,
    /// `:` RowSchema.
    EvaluateSchema,
    /// `__executeAndCache`.
    ExecuteAndCache,
    /// `extend` expressions.
    Extend,
    /// `facet` `by` NameRefs (`with` (operator | SubQuery))?.
    Facet,
    /// `where`/`filter` NamedParameter* expression.
    Where,
    /// `find` NamedParameter* FindIn? (`where` expression | expression) FindProject?. Also a source.
    Find,
    /// `in` `(` tables `)` of find and search.
    InTables,
    /// (`project` | `project-smart`) (NameRef | TypedColumn | Pack)* and `project-away` …, of find.
    FindProject,
    /// NameRef `:` TypeName.
    TypedColumn,
    /// `pack` `(` `*` `)`.
    Pack,
    /// `getschema` NamedParameter*.
    GetSchema,
    /// `fork` ForkBranch*.
    Fork,
    /// (Name `=`)? SubQuery.
    ForkBranch,
    /// `invoke` Call.
    Invoke,
    /// `join` NamedParameter* expression OnClause? (or `where` expression).
    Join,
    /// `lookup` NamedParameter* expression OnClause.
    Lookup,
    /// `make-graph` NamedParameter* NameRef (`-` `-` `>`?) NameRef (`with`? GraphNodes*)
    /// (`partitioned-by` path SubQuery)?.
    MakeGraph,
    /// expression `on` NameRef, or `with_node_id` `=` Name.
    GraphNodes,
    /// `graph-match` NamedParameter* GraphPattern (`,` GraphPattern)* WhereClause? ProjectClause?.
    GraphMatch,
    /// `graph-shortest-paths`, laid out as GraphMatch.
    GraphShortestPaths,
    /// `graph-to-table` GraphOutput*.
    GraphToTable,
    /// (`nodes` | `edges`) (`as` Name)? NamedParameter*.
    GraphOutput,
    /// `graph-mark-components` NamedParameter*.
    GraphMarkComponents,
    /// `graph-where-nodes` expression.
    GraphWhereNodes,
    /// `graph-where-edges` expression.
    GraphWhereEdges,
    /// GraphNode and GraphEdge nodes as they come; the binder asks for their order.
    GraphPattern,
    /// `(` Name? `)`.
    GraphNode,
    /// `-->`, `<--`, `--`, or `-[`, Name?, GraphRange?, `]->`: the arrows are single tokens, Minus,
    /// Less, Greater and brackets.
    GraphEdge,
    /// `*` expression `..` expression.
    GraphRange,
    /// `where` expression in an operator.
    WhereClause,
    /// `project` expressions in an operator.
    ProjectClause,
    /// `macro-expand` NamedParameter* (entity group) `as` Name `(` statements `)`.
    MacroExpand,
    /// `make-series` NamedParameter* SeriesColumn* OnClause SeriesRange ByClause?.
    MakeSeries,
    /// expression (`default` `=` expression)?.
    SeriesColumn,
    /// (`from` e)? (`to` e)? `step` e, or `in` `range` `(` e `,` e `,` e `)`.
    SeriesRange,
    /// `mv-apply` NamedParameter* MvColumn* (`limit` expression)? (`id` Literal)? `on` `(` operators `)`.
    MvApply,
    /// `mv-expand`/`mvexpand` NamedParameter* MvColumn* (`limit` expression)?.
    MvExpand,
    /// (Named | CompoundNamed | expression)? ToTypeOf?. Without an expression only as the one column of
    /// mv-apply.
    MvColumn,
    /// `limit` expression of mv-expand and mv-apply.
    RowLimit,
    /// `(` operators `)`, or `{` statements `}`: the query in mv-apply, partition, fork, facet.
    /// Its operators hang on one another as Pipes whose innermost left side is an ImplicitInput.
    SubQuery,
    /// The rows that come into a SubQuery; spans no byte.
    ImplicitInput,
    /// `parse` (`kind` `=` …)? (`flags` `=` …)? expression `with` pattern*.
    Parse,
    /// `parse-where`, laid out as Parse.
    ParseWhere,
    /// The parts after `with`: (Star | Literal | CompoundString | Name | NameAndType)*.
    ParsePattern,
    /// `parse-kv` expression `as` RowSchema WithProperties?.
    ParseKv,
    /// `partition` NamedParameter* `by` expression SubQuery (or `__partitionby`).
    Partition,
    /// `print` expressions. Only a source.
    Print,
    /// `project` expressions.
    Project,
    /// `project-away` (NameRef | WildcardName)*.
    ProjectAway,
    /// `project-keep` (NameRef | WildcardName)*.
    ProjectKeep,
    /// `project-by-names` expressions.
    ProjectByNames,
    /// `project-rename` Named*.
    ProjectRename,
    /// `project-reorder` (NameRef | WildcardName | Ordered)*.
    ProjectReorder,
    /// `range` Name `from` e `to` e `step` e. Only a source.
    Range,
    /// `reduce` NamedParameter* ByClause (`with` NamedParameter*)?.
    Reduce,
    /// `render` word? (WithProperties | NamedParameter*)?.
    Render,
    /// `sample` NamedParameter* expression.
    Sample,
    /// `sample-distinct` NamedParameter* expression `of` expression.
    SampleDistinct,
    /// `scan` NamedParameter* ScanOrder? ScanPartition? ScanDeclare? `with` `(` ScanStep* `)`.
    Scan,
    /// `order` `by` expressions.
    ScanOrder,
    /// `partition` `by` expressions.
    ScanPartition,
    /// `declare` `(` Parameter* `)`.
    ScanDeclare,
    /// `step` Name `optional`? (`output` `=` word)? `:` expression (`=>` ScanAssignment*)? `;`.
    ScanStep,
    /// Name `=` expression.
    ScanAssignment,
    /// `search` NamedParameter* InTables? expression. Also a source.
    Search,
    /// `serialize` expressions?.
    Serialize,
    /// `sort`/`order` NamedParameter* `by` (expression | Ordered)*.
    Sort,
    /// `summarize` NamedParameter* expressions? ByClause?. A ByClause may end with `bin` `=` expression.
    Summarize,
    /// `bin` `=` expression at the end of a summarize's ByClause.
    BinClause,
    /// `take`/`limit` NamedParameter* expression.
    Take,
    /// `top` NamedParameter* expression `by` (expression | Ordered).
    Top,
    /// `top-hitters` expression `of` expression (`by` expression)?.
    TopHitters,
    /// `top-nested` NestedLevel (`,` `top-nested` NestedLevel)*.
    TopNested,
    /// expression? `of` (Named | expression) (`with` `others` `=` expression)? `by` (Named | expression | Ordered).
    NestedLevel,
    /// `union` NamedParameter* expressions (NameRef | WildcardName | Paren …). Also a source.
    Union,
}
