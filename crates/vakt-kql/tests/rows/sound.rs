//! Every place that a bound query speaks of is there: an engine looks nothing up by name.

use vakt_kql::bound::{Argument, Bound, Expr, ExprKind, Rel, RelOp, Side};

/// What is not there, in words; nothing for a sound query.
pub fn faults(bound: &Bound) -> Vec<String> {
    let mut walk = Walk::default();
    bound.results.iter().for_each(|rows| walk.rows(rows));
    walk.faults
}

#[derive(Default)]
struct Walk {
    faults: Vec<String>,
}

/// So many columns are there; open rows have any number.
fn width(rows: &Rel) -> usize {
    if rows.open { usize::MAX } else { rows.columns.len() }
}

impl Walk {
    fn demand(&mut self, holds: bool, what: &str) {
        if !holds {
            self.faults.push(what.to_owned());
        }
    }

    fn place(&mut self, place: usize, width: usize, what: &str) {
        self.demand(place < width, &format!("{what}: place {place} of {width}"));
    }

    fn values<'e>(&mut self, values: impl IntoIterator<Item = &'e Expr>, width: usize) {
        values.into_iter().for_each(|value| self.value(value, width));
    }

    fn value(&mut self, value: &Expr, width: usize) {
        match &value.kind {
            ExprKind::Column(place) => self.place(*place, width, "column"),
            ExprKind::Columns(places) => {
                places.iter().for_each(|place| self.place(*place, width, "columns"));
            }
            ExprKind::Call { name, arguments, .. } => {
                // the second argument of these is about the elements of the first
                let inner = matches!(*name, "map" | "any" | "all");
                let (own, others) = arguments.split_at(if inner { 1 } else { arguments.len() });
                self.arguments(own, width);
                self.arguments(others, usize::MAX);
            }
            ExprKind::Part(whole, place) => {
                let several = whole.several.as_ref().map_or(0, |several| several.len());
                self.place(*place, several, "part");
                self.value(whole, width);
            }
            ExprKind::Convert(inner) | ExprKind::Member { base: inner, .. } => {
                self.value(inner, width)
            }
            ExprKind::Element { base, index } => self.values([&**base, &**index], width),
            ExprKind::InRows { left, rows, .. } => {
                self.value(left, width);
                self.rows(rows);
            }
            ExprKind::ToScalar(rows) => self.rows(rows),
            ExprKind::Shared { value, .. } => self.value(value, usize::MAX),
            _ => {}
        }
    }

    fn arguments(&mut self, arguments: &[Argument], width: usize) {
        for argument in arguments {
            match argument {
                Argument::Value(value) => self.value(value, width),
                Argument::Rows(rows) => self.rows(rows),
            }
        }
    }

    fn rows(&mut self, rows: &Rel) {
        let out = rows.columns.len();
        match &rows.op {
            RelOp::Shared { rows, .. } => self.rows(rows),
            RelOp::Where { input, predicate } => self.over(input, [predicate]),
            RelOp::Project { input, columns } | RelOp::Distinct { input, columns } => {
                self.demand(columns.len() == out, "a value for each column");
                self.over(input, columns);
            }
            RelOp::Extend { input, assigned } => {
                assigned.iter().for_each(|(place, _)| self.place(*place, out, "extend"));
                self.over(input, assigned.iter().map(|(_, value)| value));
            }
            RelOp::Select { input, places } => {
                self.demand(places.len() == out || rows.open, "a place for each column");
                let width = width(input);
                places.iter().for_each(|place| self.place(*place, width, "select"));
                self.rows(input);
            }
            RelOp::Summarize { input, keys, aggregates } => {
                self.demand(keys.len() + aggregates.len() == out, "keys and aggregates");
                for (at, aggregate) in aggregates.iter().enumerate() {
                    self.demand(aggregate.place == keys.len() + at, "aggregates behind keys");
                }
                self.over(input, keys.iter().chain(aggregates.iter().map(|own| &own.value)));
            }
            RelOp::Sort { input, keys } => self.over(input, keys.iter().map(|key| &key.value)),
            RelOp::Top { input, count, keys } => {
                self.over(input, keys.iter().map(|key| &key.value).chain([count]));
            }
            _ => self.several_inputs(rows),
        }
    }

    fn over<'e>(&mut self, input: &Rel, values: impl IntoIterator<Item = &'e Expr>) {
        self.values(values, width(input));
        self.rows(input);
    }

    fn several_inputs(&mut self, rows: &Rel) {
        let out = rows.columns.len();
        match &rows.op {
            RelOp::Join(join) => {
                self.demand(join.output.len() == out, "a side for each column");
                let widths = (width(&join.left), width(&join.right));
                for side in &join.output {
                    match *side {
                        Side::Left(place) => self.place(place, widths.0, "left"),
                        Side::Right(place) => self.place(place, widths.1, "right"),
                    }
                }
                for (left, right) in &join.on {
                    self.value(left, widths.0);
                    self.value(right, widths.1);
                }
                self.rows(&join.left);
                self.rows(&join.right);
            }
            RelOp::Union { branches, .. } => {
                for branch in branches {
                    self.demand(branch.places.len() == out || rows.open, "a place for each column");
                    let width = width(&branch.rows);
                    branch
                        .places
                        .iter()
                        .flatten()
                        .for_each(|place| self.place(*place, width, "union"));
                    self.rows(&branch.rows);
                }
            }
            RelOp::Search(search) => {
                self.value(&search.predicate, search.over.len());
                for branch in &search.branches {
                    self.demand(branch.places.len() == out, "a place for each column");
                    self.demand(branch.reads.len() == search.over.len(), "a place for each read");
                    self.rows(&branch.rows);
                }
            }
            RelOp::MvExpand(expand) => {
                expand.columns.iter().for_each(|(place, ..)| self.place(*place, out, "expanded"));
                self.over(&expand.input, expand.columns.iter().map(|(_, value, _)| value));
            }
            RelOp::MvApply(apply) => {
                self.demand(apply.output.len() == out || rows.open, "a side for each column");
                self.rows(&apply.expand.input);
                self.rows(&apply.subquery);
            }
            RelOp::MakeSeries(series) => {
                let places = series.values.iter().map(|(.., place)| *place);
                let places = places.chain(series.keys.iter().map(|(_, place)| *place));
                let mut places: Vec<usize> = places.chain([series.axis.1]).collect();
                places.sort_unstable();
                self.demand(places.iter().copied().eq(0..out), "each column once");
                self.rows(&series.input);
            }
            _ => {}
        }
    }
}
