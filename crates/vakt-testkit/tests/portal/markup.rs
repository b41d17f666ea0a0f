//! The skeleton of a page: its tags and the names of their attributes. Texts that are only texts
//! leave it as it is.

/// The tags of a page in their order, each with the names of its attributes. In pages of ours every
/// `<` begins a tag, and every attribute's value stands between quotation marks.
pub fn skeleton(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, behind) = tag(after);
        tags.push(tag);
        rest = behind;
    }
    tags
}

/// One tag without the values of its attributes, and what stands behind it.
fn tag(text: &str) -> (String, &str) {
    let mut kept = String::new();
    let mut rest = text;
    loop {
        let end = rest.find(['"', '>', '<']).unwrap_or_else(|| panic!("a tag has no end: {rest}"));
        kept.push_str(&rest[..end]);
        match &rest[end..=end] {
            "\"" => {
                let (_, behind) = rest[end + 1..].split_once('"').expect("the value ends");
                rest = behind;
            }
            ">" => return (kept, &rest[end + 1..]),
            _ => panic!("a tag in a tag: {text:.200}"),
        }
    }
}

/// Every address that a page links to.
pub fn links(page: &str) -> Vec<String> {
    let values = page.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.map(|value| value.replace("&#38;", "&")).collect()
}
