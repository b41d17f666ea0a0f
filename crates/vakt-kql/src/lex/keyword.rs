//! The words of the language, and where each may be a name. Source: the reference grammar's own list
//! of keywords, its list of keywords that are names everywhere, and its list of those that are names
//! only where a name is given.

use std::sync::LazyLock;

use super::words::WORDS;

/// What the grammar makes of a word. Words that only lie in the way share one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Keyword {
    /// Not a keyword.
    No,
    /// A keyword that no production begins with: chart kinds, parameters, words of commands.
    Other,
    Access,
    Alias,
    And,
    As,
    Asc,
    AssertSchema,
    /// `between`, `!between`.
    BetweenOperator,
    Bin,
    By,
    Consume,
    /// `has`, `!contains_cs`, `matches regex`, …
    StringOperator,
    InternalContextualDatatable,
    Count,
    Database,
    Datascope,
    Datatable,
    Declare,
    Default,
    Desc,
    Distinct,
    EntityGroup,
    Evaluate,
    InternalExecuteAndCache,
    Extend,
    Externaldata,
    ExternalData,
    Dataformat,
    InlineExternalTable,
    DatetimePattern,
    Facet,
    Where,
    Find,
    First,
    Fork,
    From,
    Getschema,
    GrannyAsc,
    GrannyDesc,
    GraphMatch,
    GraphShortestPaths,
    GraphToTable,
    Edges,
    /// `in~`, `!in`, `has_any`, …; `in` has its own kind.
    InOperator,
    Id,
    In,
    Invoke,
    Join,
    Kind,
    Last,
    Let,
    Limit,
    Lookup,
    MacroExpand,
    MakeGraph,
    GraphMarkComponents,
    GraphWhereNodes,
    GraphWhereEdges,
    MakeSeries,
    Materialize,
    MaterializedViewCombine,
    MvApply,
    MvExpand,
    Nodes,
    Null,
    Nulls,
    Of,
    On,
    Optional,
    Or,
    Order,
    Others,
    Output,
    Pack,
    Parse,
    ParseWhere,
    ParseKv,
    PartitionedBy,
    InternalPartitionby,
    Partition,
    Pathformat,
    Pattern,
    Print,
    Project,
    ProjectAway,
    ProjectByNames,
    InternalProjectAway,
    ProjectKeep,
    ProjectRename,
    ProjectReorder,
    ProjectSmart,
    QueryParameters,
    Range,
    Reduce,
    Render,
    Restrict,
    Sample,
    SampleDistinct,
    Scan,
    Search,
    Serialize,
    Set,
    Sort,
    Step,
    Summarize,
    Take,
    To,
    Top,
    TopHitters,
    TopNested,
    Toscalar,
    Totable,
    Typeof,
    Union,
    View,
    With,
    Withsource,
    WithNodeId,
    /// A type that a declaration takes.
    Type,
    /// A type that only `typeof` takes: `float`, `uint64`, …
    OddType,
    Dynamic,
}

/// Where a keyword may be a name without brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Wherever a name may stand.
    Anywhere,
    /// Only where a name is given: `title = …`, `title: string`.
    Given,
    /// Never: it needs `['…']`.
    Nowhere,
}

/// Longest keyword in bytes; longer words are names.
const WORD_LENGTH_BYTES_MAX: usize = 27;
const SLOTS: usize = 2048;

type Entry = (&'static str, Keyword, Place);

/// Keywords by hash, with what is needed to recognise those of several parts.
pub(crate) struct Keywords {
    slots: Vec<Option<Entry>>,
    compound: Vec<Entry>,
}

static KEYWORDS: LazyLock<Keywords> = LazyLock::new(Keywords::build);

impl Keywords {
    pub(crate) fn get() -> &'static Self {
        &KEYWORDS
    }

    fn build() -> Self {
        let mut keywords = Self { slots: vec![None; SLOTS], compound: Vec::new() };
        for (keyword, place, words) in WORDS {
            for word in words.split_ascii_whitespace() {
                keywords.add((word, *keyword, *place));
            }
        }
        keywords.add(("matches regex", Keyword::StringOperator, Place::Nowhere));
        keywords
    }

    fn add(&mut self, entry: Entry) {
        if entry.0.contains(['-', '.', ' ']) {
            self.compound.push(entry);
        }
        let mut slot = slot_of(entry.0.as_bytes());
        while let Some(Some(_)) = self.slots.get(slot) {
            slot = (slot + 1) % SLOTS;
        }
        if let Some(free) = self.slots.get_mut(slot) {
            *free = Some(entry);
        }
    }

    /// The keyword that is spelt exactly so.
    pub(crate) fn find(&self, word: &str) -> Option<(Keyword, Place)> {
        if word.len() > WORD_LENGTH_BYTES_MAX {
            return None;
        }
        let mut slot = slot_of(word.as_bytes());
        while let Some(Some((text, keyword, place))) = self.slots.get(slot) {
            if *text == word {
                return Some((*keyword, *place));
            }
            slot = (slot + 1) % SLOTS;
        }
        None
    }

    /// The longest keyword of several parts that `text` begins with.
    pub(crate) fn find_compound(&self, text: &str) -> Option<Entry> {
        // Few begin with the same letter, and comparing one is cheaper than asking for all.
        let first = text.bytes().next();
        let near = self.compound.iter().filter(|entry| entry.0.bytes().next() == first);
        let fits = near.filter(|entry| text.starts_with(entry.0));
        fits.max_by_key(|entry| entry.0.len()).copied()
    }
}

fn slot_of(word: &[u8]) -> usize {
    let hash = word
        .iter()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 15)) as usize % SLOTS
}
