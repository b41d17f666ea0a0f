//! `join` and `lookup`: rows of two inputs by equal columns.

use std::sync::Arc;

use super::super::literals::name_of;
use super::super::scope::place_of;
use super::super::{Binder, RowScope};
use super::columns::make_unique;
use super::options::{hints, word};
use super::parts::{bare, clause, expressions, keyword_span, operator_text};
use crate::bound::{Expr, ExprKind, Join, JoinKind, Rel, RelOp, Side};
use crate::catalog::{Column, Schema};
use crate::diagnostic::Stage;
use crate::syntax::kinds::NodeKind;
use crate::syntax::tree::{Node, Span};
use crate::types::{ScalarType, Type};

/// A key in both inputs: its places there.
type Pair = (usize, usize);

impl<'a> Binder<'a> {
    pub(super) fn join(&mut self, node: Node<'a>, left: Rel) -> Rel {
        let kind = join_kind(word(node, "kind").as_deref());
        let (mut left, mut right) = (left, self.right_side(node));
        let on = self.join_keys(node, &mut left, &mut right);
        let mut output = Vec::new();
        if !matches!(kind, JoinKind::RightSemi | JoinKind::RightAnti) {
            output.extend((0..left.columns.len()).map(Side::Left));
        }
        if !matches!(kind, JoinKind::LeftSemi | JoinKind::LeftAnti) {
            output.extend((0..right.columns.len()).map(Side::Right));
        }
        joined(node, (left, right), kind, (on, output))
    }

    pub(super) fn lookup(&mut self, node: Node<'a>, left: Rel) -> Rel {
        let inner = word(node, "kind").as_deref() == Some("inner");
        let kind = if inner { JoinKind::Inner } else { JoinKind::LeftOuter };
        let (mut left, mut right) = (left, self.right_side(node));
        let on = self.join_keys(node, &mut left, &mut right);
        let mut output: Vec<Side> = (0..left.columns.len()).map(Side::Left).collect();
        let keys: Vec<usize> = on.iter().map(|(_, right)| *right).collect();
        let others = (0..right.columns.len()).filter(|place| !keys.contains(place));
        output.extend(others.map(Side::Right));
        joined(node, (left, right), kind, (on, output))
    }

    fn right_side(&mut self, node: Node<'a>) -> Rel {
        match expressions(node).next() {
            Some(right) => self.tabular(right),
            None => super::super::broken_rows(None, node.span()),
        }
    }

    /// The equal pairs of the `on` clause. Keys of open rows become columns of theirs.
    fn join_keys(&mut self, node: Node<'a>, left: &mut Rel, right: &mut Rel) -> Vec<Pair> {
        let mut pairs = Vec::new();
        let read = self.problems.iter().all(|problem| problem.stage != Stage::Parse);
        let condition = node.find(NodeKind::OnClause).or_else(|| node.find(NodeKind::WhereClause));
        if read && condition.is_none() {
            let help = "Write `on` and the columns that must be equal.";
            self.error("KS006", keyword_span(node), "the condition of the join is missing", help);
        }
        let mut conditions: Vec<Node<'a>> = clause(node, NodeKind::OnClause).collect();
        conditions.reverse();
        while let Some(condition) = conditions.pop() {
            let condition = bare(condition);
            match (condition.kind(), condition.nth(0), condition.nth(1)) {
                (NodeKind::Binary, Some(one), Some(other)) if operator_text(condition) == "and" => {
                    conditions.extend([other, one]);
                }
                (NodeKind::Binary, Some(one), Some(other)) if operator_text(condition) == "==" => {
                    pairs.extend(self.key_pair(condition.span(), (one, other), left, right));
                }
                (NodeKind::NameRef, ..) => {
                    pairs.extend(self.common_key(condition, left, right));
                }
                (NodeKind::Missing, ..) => {}
                _ => {
                    let message = "rows are joined by equal columns only";
                    let help = "Write the name of a column that both sides have, or \
                                `$left.a == $right.b`; filter the rest with `where` behind the join.";
                    self.error("KS182", condition.span(), message, help);
                }
            }
        }
        if let Some(condition) = node.find(NodeKind::WhereClause) {
            let scope = RowScope { right: Some(&right.columns), ..RowScope::of(left) };
            self.condition(condition.nodes().next(), &scope);
        }
        pairs
    }

    /// A bare name: a column of both sides.
    fn common_key(&mut self, node: Node<'a>, left: &mut Rel, right: &mut Rel) -> Option<Pair> {
        let name = name_of(node);
        let known = (place_of(&left.columns, &name), place_of(&right.columns, &name));
        if known == (None, None) && !left.open && !right.open {
            if self.scopes.find(&name).is_some() {
                self.no_column(node.span());
            } else {
                self.unknown_column(&name, node.span(), &left.columns);
            }
            return None;
        }
        let (Some(one), Some(other)) =
            (place_or_inferred(left, &name), place_or_inferred(right, &name))
        else {
            let side = if known.0.is_some() { "right" } else { "left" };
            let message = format!("the {side} side of the join has no column `{name}`");
            let (mine, other) = if side == "right" { ("left", "right") } else { ("right", "left") };
            let help = format!(
                "Name a column of both sides, or write `$left.… == $right.…` with \
                 `${mine}.{name}` and a column of the ${other} side."
            );
            self.error("KS145", node.span(), message, help);
            return None;
        };
        let types = (type_of(left, one), type_of(right, other));
        if types.0 != types.1
            && !matches!(types, (ScalarType::Unknown, _) | (_, ScalarType::Unknown))
        {
            let message =
                format!("`{name}` is {} on the left and {} on the right", types.0, types.1);
            let help = "Convert one of them before the join: `| extend … = tostring(…)`.";
            self.error("KS227", node.span(), message, help);
            return None;
        }
        Some((one, other))
    }

    /// `$left.a == $right.b`.
    fn key_pair(
        &mut self,
        span: Span,
        (one, other): (Node<'a>, Node<'a>),
        left: &mut Rel,
        right: &mut Rel,
    ) -> Option<Pair> {
        let left_key = self.side_key(bare(one), "$left", left);
        let right_key = self.side_key(bare(other), "$right", right);
        let (left_place, right_place) = (left_key?, right_key?);
        let types = (type_of(left, left_place), type_of(right, right_place));
        for (ty, node) in [(types.0, one), (types.1, other)] {
            if ty == ScalarType::Dynamic {
                let message = "a key of a join cannot be dynamic";
                let help = "Convert it before the join: `| extend key = tostring(…)`.";
                self.error("KS241", node.span(), message, help);
                return None;
            }
        }
        let long = |ty| if ty == ScalarType::Int { ScalarType::Long } else { ty };
        let unknown = types.0 == ScalarType::Unknown || types.1 == ScalarType::Unknown;
        if long(types.0) != long(types.1) && !unknown {
            let message = format!("the keys are {} and {}", types.0, types.1);
            let help = "Convert one of them before the join: `| extend key = tostring(…)`.";
            self.error("KS242", span, message, help);
            return None;
        }
        Some((left_place, right_place))
    }

    /// `$left.a`: the place of the column.
    fn side_key(&mut self, node: Node<'a>, side: &str, rows: &mut Rel) -> Option<usize> {
        let parts = (node.nth(0), node.nth(1));
        let (NodeKind::Path, (Some(base), Some(member))) = (node.kind(), parts) else {
            self.wrong_side(node.span(), side);
            return None;
        };
        if &*name_of(base) != side {
            self.wrong_side(node.span(), side);
            return None;
        }
        let name = name_of(member);
        let place = place_or_inferred(rows, &name);
        if place.is_none() {
            self.unknown_column(&name, member.span(), &rows.columns);
        }
        place
    }

    fn wrong_side(&mut self, span: Span, side: &str) {
        let message = format!("this side of `==` must be `{side}.` with a column");
        let help = "Write `$left.a == $right.b`; a column of both sides can stand alone.";
        self.error("KS183", span, message, help);
    }
}

fn join_kind(word: Option<&str>) -> JoinKind {
    match word {
        Some("inner") => JoinKind::Inner,
        Some("leftouter") => JoinKind::LeftOuter,
        Some("rightouter") => JoinKind::RightOuter,
        Some("fullouter") => JoinKind::FullOuter,
        Some("leftsemi") => JoinKind::LeftSemi,
        Some("rightsemi") => JoinKind::RightSemi,
        Some("anti" | "leftanti" | "leftantisemi") => JoinKind::LeftAnti,
        Some("rightanti" | "rightantisemi") => JoinKind::RightAnti,
        _ => JoinKind::InnerUnique,
    }
}

fn type_of(rows: &Rel, place: usize) -> ScalarType {
    rows.columns.get(place).map_or(ScalarType::Unknown, |column| column.ty.scalar())
}

/// The place of a column; open rows have any.
fn place_or_inferred(rows: &mut Rel, name: &Arc<str>) -> Option<usize> {
    let place = place_of(&rows.columns, name);
    if place.is_some() || !rows.open {
        return place;
    }
    let mut columns: Vec<Column> = rows.columns.to_vec();
    columns.push(Column::new(name.clone(), Type::UNKNOWN));
    rows.columns = columns.into();
    Some(rows.columns.len() - 1)
}

fn joined(
    node: Node<'_>,
    (left, right): (Rel, Rel),
    kind: JoinKind,
    (pairs, output): (Vec<Pair>, Vec<Side>),
) -> Rel {
    let column = |side: &Side| match side {
        Side::Left(place) => left.columns.get(*place),
        Side::Right(place) => right.columns.get(*place),
    };
    let mut columns: Vec<Column> = output.iter().filter_map(column).cloned().collect();
    make_unique(&mut columns);
    let open = left.open || right.open;
    let key = |rows: &Rel, place: usize| Expr {
        kind: ExprKind::Column(place),
        ty: rows.columns.get(place).map_or(Type::UNKNOWN, |column| column.ty.clone()),
        several: None,
        span: node.span(),
        constant: false,
    };
    let on = pairs.iter().map(|(one, other)| (key(&left, *one), key(&right, *other))).collect();
    let join = Join { left, right, kind, on, output, hints: hints(node) };
    Rel {
        op: RelOp::Join(Box::new(join)),
        columns: Schema::from(columns),
        span: node.span(),
        serialized: false,
        open,
    }
}

#[cfg(test)]
mod tests {
    use super::{JoinKind, join_kind};

    #[test]
    fn kinds_have_several_names() {
        for (word, kind) in [
            (None, JoinKind::InnerUnique),
            (Some("innerunique"), JoinKind::InnerUnique),
            (Some("anti"), JoinKind::LeftAnti),
            (Some("leftantisemi"), JoinKind::LeftAnti),
            (Some("rightantisemi"), JoinKind::RightAnti),
        ] {
            assert_eq!(join_kind(word), kind, "for {word:?}");
        }
    }
}
