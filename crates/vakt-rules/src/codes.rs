//! What the codes of problems stand for, for those who read a list of rules.

use vakt_kql::diagnostic::Stage;

/// A code in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

/// What a code stands for. Codes that are not listed are told by the stage that found them: Kusto has
/// more of them than a query of hunting ever meets.
pub fn about(code: &str, stage: Stage) -> About {
    let listed = CODES.iter().find(|(listed, ..)| *listed == code);
    match (listed, stage) {
        (Some((_, title, help)), _) => About { title, help },
        (None, Stage::Parse) => About {
            title: "The text is not KQL",
            help: "Mend the query where it is marked: something is missing there, or too much.",
        },
        (None, Stage::Bind) => About {
            title: "Names or types do not fit",
            help: "Compare the names with the tables that the query reads, and the types with what \
                   the operator or function takes.",
        },
    }
}

/// Code, title, help, by code.
#[rustfmt::skip]
const CODES: &[(&str, &str, &str)] = &[
    ("KS001", "The text ends too early", "Add what closes the string, comment or literal."),
    ("KS002", "A character means nothing here", "Remove the character, or put the text in quotes."),
    ("KS003", "A word is malformed", "Write the word as the language has it."),
    ("KS004", "A literal is malformed", "Write the value in the form of its type."),
    ("KS005", "Another word is wanted here", "Write one of the words that may stand here."),
    ("KS006", "Something is missing", "Write what the message names at the place that is marked."),
    ("KS100", "A pattern of parse begins wrongly", "Begin with `*` or with a text."),
    ("KS101", "A pattern of parse has two columns side by side", "Put the text that parts them between them."),
    ("KS102", "A pattern of parse has a column after `*`", "Put a text after the `*`."),
    ("KS103", "A pattern of parse has `*` after a text column", "Put the text that ends the column between them."),
    ("KS106", "The operator does not take these types", "Convert one side, for instance with `tostring()` or `tolong()`."),
    ("KS107", "A value of another type is wanted", "Convert the value, or give another one."),
    ("KS108", "A value is wanted, these are rows", "Take one value of the rows with `toscalar()`."),
    ("KS109", "A column is wanted", "Give the name of a column of the input."),
    ("KS110", "A renaming is wanted", "Write `NewName = OldName`."),
    ("KS111", "Rows are wanted, this is a value", "Give a table or a query."),
    ("KS112", "A table or a value is wanted", "Give a table, a query or a value."),
    ("KS114", "A database is wanted", "Name a database with `database()`."),
    ("KS116", "The type is not allowed here", "Convert the value first: a dynamic value can neither be a key nor be ordered."),
    ("KS117", "A function is used without parentheses", "Write `()` after its name."),
    ("KS119", "The number of arguments is wrong", "Give as many arguments as the function takes."),
    ("KS120", "The number of arguments is wrong", "Give as many arguments as the function takes."),
    ("KS121", "The number of arguments is wrong", "Give as many arguments as one of the forms of the function takes."),
    ("KS124", "There is no such plugin", "Compare the name with the list of plugins."),
    ("KS126", "The plugin is not allowed here", "Move it to a place where plugins are called."),
    ("KS127", "No form of the function takes these arguments", "Convert the arguments to the types that it takes."),
    ("KS129", "A constant is wanted", "Give a value that does not depend on a row."),
    ("KS131", "A literal is wanted", "Write the value itself."),
    ("KS132", "A literal is wanted", "Write the value itself."),
    ("KS133", "The text must not be empty", "Write a text."),
    ("KS134", "A whole number is wanted", "Give an int or a long."),
    ("KS136", "A whole number or an array is wanted", "Give an int, a long or an array."),
    ("KS137", "A number is wanted", "Convert the value with `toint()`, `tolong()` or `toreal()`."),
    ("KS138", "A value that can be added up is wanted", "Give a number, a datetime or a timespan."),
    ("KS139", "Several values are given to one name", "Name them all: `(a, b) = …`."),
    ("KS140", "The value is none of those that are known here", "Write one of the values that the message names."),
    ("KS141", "A value of another type is wanted", "Convert the value, or give another one."),
    ("KS142", "There is no such name", "Compare the name with the columns that are left at this place; names are case-sensitive."),
    ("KS143", "There is no such function", "Compare the name with the list of functions."),
    ("KS144", "An aggregate is not allowed here", "Use it in `summarize` or `make-series`."),
    ("KS145", "The column is not on both sides of the join", "Name the columns: `$left.a == $right.b`."),
    ("KS146", "The name means more than one thing", "Say which one is meant."),
    ("KS147", "Members cannot be taken of this", "Make it dynamic with `parse_json()` first."),
    ("KS149", "The expression has one value only", "Give it one name."),
    ("KS150", "A name has no value", "Give as many values as names."),
    ("KS160", "There is no such type", "Write one of the types of the language."),
    ("KS170", "A column is declared wrongly", "Write `Name: type`."),
    ("KS171", "A column is declared twice", "Give it another name."),
    ("KS173", "The values do not fill the rows", "Give a value for each column of each row."),
    ("KS174", "The operator cannot come first", "Write a table and `|` before it."),
    ("KS175", "The operator must come first", "Begin the query with it, or write `union`."),
    ("KS176", "There is no such operator", "Compare the word with the list of operators."),
    ("KS177", "The operator is not allowed here", "Move it out of the inner query."),
    ("KS178", "The type has no intervals", "Use a number, a datetime or a timespan."),
    ("KS179", "There is no such option", "Compare the word with the options of the operator."),
    ("KS180", "The option is given twice", "Remove one of them."),
    ("KS182", "The condition of the join is none", "Compare a column of the left with one of the right: `$left.a == $right.b`."),
    ("KS183", "The condition of the join compares other things than columns", "Write `$left.a == $right.b`."),
    ("KS185", "The number of values is wrong", "Give as many values as there are names."),
    ("KS188", "No pattern fits the arguments", "Compare the arguments with those of the pattern."),
    ("KS190", "The table has no columns", "Name a table with columns."),
    ("KS191", "`*` is not allowed here", "Name the columns."),
    ("KS194", "Several names are not allowed here", "Give one name."),
    ("KS195", "An argument without a name follows named ones", "Name it too, or move it to the front."),
    ("KS196", "There is no such parameter", "Compare the name with the parameters of the function."),
    ("KS197", "An argument is missing", "Give a value for the parameter."),
    ("KS198", "Something is left over", "Remove it, or write `|` or `;` before it."),
    ("KS199", "There are no columns here", "Write a table before it."),
    ("KS201", "The name is given twice", "Give the second one another name."),
    ("KS204", "There is no such table", "Compare the name with the tables; names are case-sensitive."),
    ("KS205", "There is no such table, and the query runs without it", "Compare the name with the tables; names are case-sensitive."),
    ("KS206", "A value that has an order is wanted", "Convert a dynamic value first."),
    ("KS207", "There is no such cluster", "Leave the cluster out, or name one that is known."),
    ("KS208", "There is no such database", "Leave the database out, or name one that is known."),
    ("KS209", "There is no such external table", "Compare the name with the external tables."),
    ("KS210", "There is no such materialized view", "Compare the name with the materialized views."),
    ("KS211", "There is no such function", "Compare the name with the list of functions."),
    ("KS214", "A GUID stands without its dress", "Write `guid(…)`."),
    ("KS215", "A decimal cannot be in a dynamic", "Write a real."),
    ("KS226", "Tabular parameters come first", "Move them before the others."),
    ("KS227", "The columns of the join have different types", "Convert one of them on its side."),
    ("KS228", "The name needs brackets", "Write `['name']`."),
    ("KS232", "The arguments have no type in common", "Convert them to one type."),
    ("KS233", "A text or an array is wanted", "Give a string or an array."),
    ("KS234", "An array is wanted", "Give a dynamic array."),
    ("KS235", "A bag is wanted", "Give a dynamic bag."),
    ("KS236", "The name is no aggregate", "Use an aggregate, or group by the value."),
    ("KS237", "The name is no plugin", "Compare the name with the list of plugins."),
    ("KS241", "A dynamic value cannot be a key of a join", "Convert it with `tostring()` first."),
    ("KS242", "The keys of the join cannot be compared", "Convert one of them to the type of the other."),
    ("KS249", "The rows lack columns that are wanted", "Give rows with these columns."),
    ("KS268", "Names with stars are not allowed here", "Write the names out."),
    ("VK001", "The query is nested too deeply", "Name inner parts with `let`."),
    ("VK002", "The query is too long", "Move long lists of values to a table."),
    ("VK003", "This is a management command", "Write a query."),
    ("VK004", "This is another language", "Begin with the table, then `| where` and `| project`."),
    ("VK301", "The query is nested too deeply", "Take functions that call one another apart."),
    ("VK302", "The text answers nothing", "End with a table, a name of `let` or a query."),
    ("VK303", "The query is a text in quotes", "Remove the fence of three backticks."),
    ("VK304", "A parameter is there twice", "Give one of them another name."),
    ("VK305", "A literal is no value of its type", "Write the value in the form of its type; it is null as it stands."),
    ("VK306", "A datetime is computed with wrongly", "Add a timespan to it, or subtract another datetime."),
    ("VK307", "An aggregate keeps no other column", "Name the columns to keep, or `*`."),
    ("VK308", "The branches have different types", "Convert one of them."),
    ("VK309", "A value of a list can never be equal", "Convert it to the type that it is compared with."),
    ("VK310", "An argument has another type than its parameter", "Convert the argument, or declare the parameter otherwise."),
    ("VK311", "The text names no column", "Write a column of the input."),
    ("VK312", "`:` looks for a word", "Write `==` or `has`."),
    ("VK313", "The regular expression is not closed", "Close the bracket, or put a backslash before it."),
    ("VK900", "The file cannot be read", "Mend the file; queries behind this place were not looked at."),
];

#[cfg(test)]
mod tests {
    use super::CODES;
    use crate::check::BROKEN_FILE;

    #[test]
    fn codes_are_told_once_and_in_sentences() {
        assert!(CODES.is_sorted_by(|one, next| one.0 < next.0), "sorted, and none twice");
        assert!(CODES.iter().any(|(code, ..)| *code == BROKEN_FILE));
        for (code, title, help) in CODES {
            assert!(!title.ends_with('.') && help.ends_with('.'), "{code}: {title} {help}");
        }
    }
}
