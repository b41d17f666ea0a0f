//! Texts, places where a line may end, and what of it stays together: printed to a width.

/// Columns of a line, where what stands on it can be broken at all.
pub(super) const LINE_WIDTH_CHARS: usize = 100;
/// Blanks of one level of indentation.
const INDENT_BLANKS: usize = 4;

/// A step of the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op<'t> {
    /// A token.
    Text(&'t str),
    /// A blank, if the line goes on.
    Space,
    /// A line end where the group around does not fit; else a blank.
    Line,
    /// A line end where the group around does not fit; else nothing.
    SoftLine,
    /// A line end.
    Hard,
    /// An empty line, where the line has ended.
    Blank,
    /// `// …` behind what is on the line.
    TrailingComment(&'t str),
    /// `// …` on a line of its own.
    OwnComment(&'t str),
    /// What follows, up to its `Close`, is on one line if that fits.
    Open,
    /// Ends a group.
    Close,
    /// Lines that begin from here on stand further in.
    Indent,
    /// Ends an `Indent`.
    Dedent,
}

/// Wider than any line: what cannot be on one.
const NEVER: usize = 1 << 20;

impl Op<'_> {
    /// Its width where the group is on one line.
    fn flat_width(self) -> usize {
        match self {
            Self::Text(text) if text.contains('\n') => NEVER,
            Self::Text(text) => text.chars().count(),
            Self::Space | Self::Line => 1,
            Self::SoftLine | Self::Open | Self::Close | Self::Indent | Self::Dedent => 0,
            Self::Hard | Self::Blank | Self::TrailingComment(_) | Self::OwnComment(_) => NEVER,
        }
    }
}

/// For each `Open` the width of its group and of what stands behind it up to where the line may end
/// next.
fn measure(ops: &[Op<'_>]) -> Vec<usize> {
    let mut groups = vec![0; ops.len()];
    let mut after = 0_usize;
    // Going backwards, a group's `Close` is met first: what stood behind it is subtracted.
    let mut behind = Vec::new();
    let mut total = 0_usize;
    for (index, op) in ops.iter().enumerate().rev() {
        let width = match op {
            Op::Line | Op::SoftLine | Op::Hard | Op::Blank => 0,
            Op::TrailingComment(_) | Op::OwnComment(_) => 0,
            Op::Text(text) => after + text.lines().next().unwrap_or_default().chars().count(),
            Op::Space => after + 1,
            Op::Open | Op::Close | Op::Indent | Op::Dedent => after,
        };
        match op {
            Op::Close => behind.push((total, after)),
            Op::Open => {
                let (before, tail) = behind.pop().unwrap_or_default();
                if let Some(slot) = groups.get_mut(index) {
                    *slot = total.saturating_sub(before) + tail;
                }
            }
            _ => total = total.saturating_add(op.flat_width()),
        }
        after = width;
    }
    groups
}

/// Prints the ops.
pub(super) fn print(ops: &[Op<'_>]) -> String {
    let groups = measure(ops);
    let mut printer = Printer::default();
    for (index, op) in ops.iter().enumerate() {
        match *op {
            Op::Text(text) => printer.text(text),
            Op::Space => printer.space = true,
            Op::Line | Op::SoftLine if printer.broken() => printer.newline = true,
            Op::Line => printer.space = true,
            Op::SoftLine => {}
            Op::Hard => printer.newline = true,
            Op::Blank => printer.blank = printer.newline,
            Op::TrailingComment(text) => printer.trailing(text),
            Op::OwnComment(text) => printer.own(text),
            Op::Open => {
                let width = groups.get(index).copied().unwrap_or(0);
                printer.groups.push(printer.column_of_next() + width > LINE_WIDTH_CHARS);
            }
            Op::Close => drop(printer.groups.pop()),
            Op::Indent => printer.indent += 1,
            Op::Dedent => printer.indent = printer.indent.saturating_sub(1),
        }
    }
    if !printer.out.is_empty() {
        printer.out.push('\n');
    }
    printer.out
}

#[derive(Default)]
struct Printer {
    out: String,
    column: usize,
    indent: usize,
    groups: Vec<bool>,
    space: bool,
    newline: bool,
    blank: bool,
}

impl Printer {
    /// Whether the innermost group is on several lines; outside of all groups lines end.
    fn broken(&self) -> bool {
        self.groups.last().copied().unwrap_or(true)
    }

    fn column_of_next(&self) -> usize {
        if self.newline {
            self.indent * INDENT_BLANKS
        } else {
            self.column + usize::from(self.space)
        }
    }

    fn begin(&mut self) {
        if self.newline && !self.out.is_empty() {
            self.out.push_str(if self.blank { "\n\n" } else { "\n" });
            self.out.extend(std::iter::repeat_n(' ', self.indent * INDENT_BLANKS));
            self.column = self.indent * INDENT_BLANKS;
        } else if self.space && !self.out.is_empty() {
            self.out.push(' ');
            self.column += 1;
        }
        (self.space, self.newline, self.blank) = (false, false, false);
    }

    fn text(&mut self, text: &str) {
        self.begin();
        self.out.push_str(text);
        self.column = match text.rsplit_once('\n') {
            Some((_, last)) => last.chars().count(),
            None => self.column + text.chars().count(),
        };
    }

    fn trailing(&mut self, text: &str) {
        // What waits is for what comes after the comment.
        self.out.push(' ');
        self.out.push_str(text);
        self.newline = true;
    }

    fn own(&mut self, text: &str) {
        self.newline = true;
        self.text(text);
        self.newline = true;
    }
}
