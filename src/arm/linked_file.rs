//! The templates and parameter files of a run, found by the paths that templates name them by.

use crate::source::FileId;
use crate::value::Value;

/// One file of the run.
#[derive(Clone, Debug)]
pub(crate) struct LinkedFile {
    /// The path below the common folder.
    pub(crate) name: String,
    /// The file.
    pub(crate) file: FileId,
    /// The template, or the parameter file's value.
    pub(crate) root: Value,
}

/// The files that templates may link to.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinkedFiles {
    pub(crate) templates: Vec<LinkedFile>,
    pub(crate) parameters: Vec<LinkedFile>,
}

impl LinkedFiles {
    /// The template that `path`, in file `from`, names.
    pub(crate) fn find_template(&self, from: FileId, path: &str) -> Option<&LinkedFile> {
        find(&self.templates, self.folder(from), path)
    }

    /// The parameter file that `path`, in file `from`, names.
    pub(crate) fn find_parameters(&self, from: FileId, path: &str) -> Option<&LinkedFile> {
        find(&self.parameters, self.folder(from), path)
    }

    fn folder(&self, from: FileId) -> &str {
        let file = self.templates.iter().find(|file| file.file == from);
        let name = file.map_or("", |file| &file.name);
        name.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// The file at `path` from `folder`; else, since an address on the web says little of where its
/// file lies here, the one file that shares the most last segments with it, the name at least.
fn find<'a>(files: &'a [LinkedFile], folder: &str, path: &str) -> Option<&'a LinkedFile> {
    let path = path
        .split(['?', '#'])
        .next()
        .unwrap_or(path)
        .replace('\\', "/");
    let mut resolved: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                resolved.pop();
            }
            other => resolved.push(other),
        }
    }
    let resolved = resolved.join("/");
    if let Some(exact) = files
        .iter()
        .find(|file| file.name.eq_ignore_ascii_case(&resolved))
    {
        return Some(exact);
    }
    let shared = |name: &str| {
        let own = name.rsplit('/');
        let asked = path.rsplit('/');
        own.zip(asked)
            .take_while(|(a, b)| a.eq_ignore_ascii_case(b))
            .count()
    };
    let most = files.iter().map(|file| shared(&file.name)).max()?;
    let mut best = files.iter().filter(|file| shared(&file.name) == most);
    let found = best.next()?;
    (most > 0 && best.next().is_none()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn files_are_found_by_path_then_by_name() {
        let names = [
            "main.json",
            "nested/a.json",
            "nested/b.json",
            "other/b.json",
        ];
        let templates = (0..).zip(names).map(|(at, name)| LinkedFile {
            name: name.to_owned(),
            file: FileId::new(at),
            root: Value::null(Span::new(FileId::new(at), 0, 0)),
        });
        let files = LinkedFiles {
            templates: templates.collect(),
            parameters: Vec::new(),
        };
        let main = FileId::new(0);
        for (path, want) in [
            ("nested/a.json", Some(1)),
            ("./nested/../nested/b.json", Some(2)),
            ("https://x.org/repo/nested/a.json?sas=1", Some(1)),
            ("https://x.org/a.json", Some(1)),
            ("https://x.org/b.json", None),
            ("https://x.org/other/b.json", Some(3)),
            ("c.json", None),
        ] {
            let found = files
                .find_template(main, path)
                .map(|file| file.file.index());
            assert_eq!(found, want, "{path}");
        }
        let found = files.find_template(FileId::new(1), "b.json");
        assert_eq!(found.map(|file| file.file.index()), Some(2));
    }
}
