//! A bar chart as SVG: horizontal, in black and white, its text as text in any font that is there.

use std::fmt::Write;

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    /// What stands to the right of it, in one column with the others.
    pub value: String,
    /// Its length as a part of the whole.
    pub part: i64,
}

const WIDTH: i64 = 800;
const TOP: i64 = 72;
const ROW: i64 = 28;
const BAR: i64 = 18;
const LEFT: i64 = 250;
const LONGEST: i64 = 440;
const FOOT: i64 = 34;
/// What of a label fits to the left of its bar, of Chinese.
const LABEL_CHARACTERS: usize = 16;
/// What of a title fits across, of Chinese.
const TITLE_CHARACTERS: usize = 42;

/// A chart of bars, of which one of length `whole` would reach across.
#[must_use]
pub fn horizontal_bars(title: &str, subtitle: &str, whole: i64, bars: &[Bar]) -> String {
    let rows = i64::try_from(bars.len()).unwrap_or(i64::MAX / ROW).min(i64::MAX / ROW / 2);
    let bottom = TOP + rows * ROW;
    let height = bottom + FOOT;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"14\">\n\
         <title>{title}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#fff\"/>\n\
         <text x=\"16\" y=\"28\" font-size=\"18\" font-weight=\"bold\">{heading}</text>\n\
         <text x=\"16\" y=\"50\">{subtitle}</text>\n",
        title = escaped(title),
        heading = escaped(&shortened(title, TITLE_CHARACTERS)),
        subtitle = escaped(subtitle),
    );
    for percent in [0, 25, 50, 75, 100] {
        let x = LEFT + LONGEST * percent / 100;
        line(
            &mut svg,
            format_args!(
                "<line x1=\"{x}\" y1=\"{TOP}\" x2=\"{x}\" y2=\"{bottom}\" stroke=\"#000\" stroke-width=\"0.5\" \
             stroke-dasharray=\"2 3\"/><text x=\"{x}\" y=\"{}\" font-size=\"12\" text-anchor=\"middle\">{percent}%</text>",
                bottom + 20
            ),
        );
    }
    for (row, bar) in (0..).zip(bars) {
        draw(&mut svg, TOP + row * ROW, whole, bar);
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw(svg: &mut String, top: i64, whole: i64, bar: &Bar) {
    let length = i128::from(bar.part.max(0)) * i128::from(LONGEST) / i128::from(whole.max(1));
    let length = i64::try_from(length).unwrap_or(LONGEST).min(LONGEST);
    let (bar_top, baseline) = (top + (ROW - BAR) / 2, top + ROW / 2 + 5);
    line(
        svg,
        format_args!(
            "<g><title>{}</title><text x=\"{}\" y=\"{baseline}\" text-anchor=\"end\">{}</text>\
         <rect x=\"{LEFT}\" y=\"{bar_top}\" width=\"{length}\" height=\"{BAR}\" fill=\"#ccc\" stroke=\"#000\"/>\
         <text x=\"{}\" y=\"{baseline}\">{}</text></g>",
            escaped(&bar.label),
            LEFT - 8,
            escaped(&shortened(&bar.label, LABEL_CHARACTERS)),
            LEFT + LONGEST + 10,
            escaped(&bar.value),
        ),
    );
}

fn line(svg: &mut String, text: std::fmt::Arguments) {
    // Writing into a String cannot fail.
    let _ = writeln!(svg, "{text}");
}

fn shortened(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.to_owned();
    }
    text.chars().take(characters - 1).chain(['…']).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, part: i64) -> Bar {
        Bar { label: label.to_owned(), value: format!("{part} / 200"), part }
    }

    #[test]
    fn a_bar_is_as_long_as_its_part_of_the_whole() {
        let svg =
            horizontal_bars("2026", "", 200, &[bar("甲", 200), bar("乙", 50), bar("丙", 0), bar("丁", -3)]);
        for (row, width) in [(0, 440), (1, 110), (2, 0), (3, 0)] {
            let rect = format!("<rect x=\"250\" y=\"{}\" width=\"{width}\" height=\"18\"", 72 + row * 28 + 5);
            assert!(svg.contains(&rect), "{svg}");
        }
        assert_eq!(svg.matches("<g>").count(), 4);
        assert!(svg.contains("height=\"218\""), "four rows, head and foot");
    }

    #[test]
    fn text_is_text_and_cannot_break_out() {
        let svg = horizontal_bars("A & B", "<script>", 1, &[bar("\"><x>", 1)]);
        assert!(svg.contains("<title>A &amp; B</title>"));
        assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script>") && !svg.contains("<x>"));
        assert!(!svg.contains("<image") && !svg.contains("url(") && !svg.contains("@font-face"));
    }

    #[test]
    fn long_labels_are_cut_and_stay_whole_in_the_title() {
        let label = "平顶山市教育体育局第三中学志愿服务队东校区";
        let svg = horizontal_bars("t", "s", 1, &[bar(label, 1)]);
        assert!(svg.contains(&format!("<title>{label}</title>")));
        assert!(svg.contains(">平顶山市教育体育局第三中学志愿…<"));
        let title = "考".repeat(43);
        let svg = horizontal_bars(&title, "s", 1, &[]);
        assert!(svg.contains(&format!("<title>{title}</title>")));
        assert!(svg.contains(&format!(">{}…</text>", "考".repeat(41))));
    }

    #[test]
    fn nothing_to_draw_and_nothing_to_measure_by_are_drawn_too() {
        assert!(horizontal_bars("t", "s", 0, &[]).ends_with("</svg>\n"));
        assert!(horizontal_bars("t", "s", 0, &[bar("甲", 0)]).contains("width=\"0\""));
    }
}
