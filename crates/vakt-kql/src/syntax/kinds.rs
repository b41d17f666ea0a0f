//! What tokens and nodes there are. The comment of a node is its layout: `?` may be absent, `*` any
//! number, and after wrong input any part may be absent or [`NodeKind::Missing`].

/// A token of the text. Keywords are words: nearly all of them are lawful names of columns, so only
/// the grammar knows which word is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A name or keyword: `DeviceEvents`, `where`, `has_any`, `$left`.
    Word,
    /// A keyword with dashes, read as one: `mv-expand`, `project-away`, `top-nested`.
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
    /// A typed literal with its value, read as one: `datetime(2024-01-01)`, `int(5)`, `guid(…)`,
    /// `timespan(1.02:03:04)`, `real(nan)`, `long(null)`, `bool(1)`, `decimal(1.5)`. Only where what
    /// is in the parentheses is a value, not an expression.
    TypedLiteral,
    /// A GUID without any dress around it.
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
    /// `--` of graph patterns.
    DashDash,
    /// `-->`
    DashDashGreater,
    /// `<--`
    LessDashDash,
    /// `-[`
    DashBracket,
    /// `<-[`
    LessDashBracket,
    /// `]-`
    BracketDash,
    /// `]->`
    BracketDashGreater,
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
    /// Statement (`;` Statement)* `;`? EndOfText. The root.
    Query,
    /// `let` Name `=` (Function | expression).
    LetStatement,
    /// `set` Name (`=` expression)?.
    SetStatement,
    /// `declare` `query_parameters` `(` Parameter* `)`.
    DeclareStatement,
    /// `alias` `database` Name `=` expression.
    AliasStatement,
    /// `restrict` `access` `to` `(` expressions `)`.
    RestrictStatement,
    /// `declare` `pattern` Name (`=` Parameters PathParameter? `{` PatternMatch* `}`)?.
    PatternStatement,
    /// `(` literals `)` (`.` `[` literal `]`)? `=` FunctionBody `;`?.
    PatternMatch,
    /// `[` Parameter `]` of a pattern.
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
    /// `{` Statement* expression? `;`? `}`: LetStatements and at the end an ExpressionStatement.
    FunctionBody,
    /// What could not be read: the tokens that were skipped.
    Error,
    /// Nothing where something must be; spans no byte.
    Missing,

    // ---- names and types --------------------------------------------------------------------
    /// A name that is given: Word | `[` String `]`. Text by `ast::name_text`.
    Name,
    /// A name that is used: Word | `[` String `]` | `{` Word `}`.
    NameRef,
    /// A name with stars in it: tokens with no blank between them, or `[` String `]` with stars.
    WildcardName,
    /// `long`, `string`, …: one word.
    TypeName,
    /// `(` (`*` | NameAndType*) `)`.
    SchemaType,
    /// Name `:` TypeName.
    NameAndType,
    /// `(` NameAndType (`,` NameAndType)* `)` of datatable, externaldata, parse-kv, evaluate (there
    /// a leading `*` may stand).
    RowSchema,
    /// `typeof` `(` (TypeName | NameAndType* | `*`) `)`.
    TypeOf,
    /// `to` TypeOf, of mv-expand and mv-apply.
    ToTypeOf,

    // ---- scalar expressions -----------------------------------------------------------------
    /// One literal token.
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
    /// expression `.` (NameRef | Call).
    Path,
    /// expression `[` expression `]`.
    Element,
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
    /// `materialize` `(` pipe NamedParameter* `)`.
    Materialize,
    /// `*`.
    Star,
    /// `@` alone.
    AtSign,
    /// (`+` | `-`) expression.
    Unary,
    /// expression operator expression. The operator is the one token directly in it, or two for
    /// `matches regex`.
    Binary,
    /// expression (`in` | `!in` | `in~` | `!in~` | `has_any` | `has_all`) List.
    In,
    /// `(` expression (`,` expression)* `)`: the right side of In.
    List,
    /// expression (`between` | `!between`) `(` expression `..` expression `)`.
    Between,
    /// NameRef `:` expression or a bare term, only in `search` and `find`: `Column:"x"`.
    ColumnIs,

    // ---- sources ----------------------------------------------------------------------------
    /// expression `|` operator. The left side is a source or again a Pipe.
    Pipe,
    /// `datatable` NamedParameter* RowSchema `[` expressions `]`.
    DataTable,
    /// `externaldata` NamedParameter* RowSchema `[` expressions `]` WithProperties?.
    ExternalData,
    /// `__contextual_datatable` `(` expression `,` RowSchema `)`.
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
    /// words of the name (with dots), `=`, then a word, Literal, Name or expression node.
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
    /// `facet` `by` NameRefs (`with` (operator | `(` operators `)`))?.
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
    /// (Name `=`)? `(` operators `)`.
    ForkBranch,
    /// `invoke` Call.
    Invoke,
    /// `join` NamedParameter* expression OnClause? (or `where` expression).
    Join,
    /// `lookup` NamedParameter* expression OnClause.
    Lookup,
    /// `make-graph` NameRef direction NameRef WithNodes? …
    MakeGraph,
    /// `with` NameRef `on` NameRef …, or `with_node_id` `=` Name.
    GraphNodes,
    /// `graph-match` NamedParameter* GraphPattern* WhereClause? ProjectClause?.
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
    /// GraphNode (GraphEdge GraphNode)*.
    GraphPattern,
    /// `(` Name? `)`.
    GraphNode,
    /// An edge with its arrows, its Name and its range.
    GraphEdge,
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
    /// (Named or expression) ToTypeOf?.
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
    /// The parts after `with`: Star | Literal | CompoundString | Name | NameAndType.
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
