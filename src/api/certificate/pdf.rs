//! A certificate as PDF: A4, each character in the first font that has it, the QR code of its look-up as vectors where
//! others find that, a place for the seal. The same content gives the same bytes.

use super::fonts::Fonts;
use super::words;
use crate::domain::certificate::{Certificate, CertificateContent};
use crate::domain::time::LocalZone;
use chrono::{Datelike, Timelike};
use krilla::Document;
use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke};
use krilla::surface::Surface;
use krilla::text::TextDirection;
use qrcode::{Color, EcLevel, QrCode};
use std::collections::BTreeSet;
use unicode_linebreak::linebreaks;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub(super) enum PdfError {
    /// The address is longer than any QR code holds.
    #[error("the QR code: {0}")]
    Code(#[from] qrcode::types::QrError),
    /// No font has these characters.
    #[error("no font has {0}")]
    NoGlyph(String),
    /// The font has something that cannot be embedded, or the like.
    #[error("the document: {0}")]
    Document(String),
}

/// A4 in points.
const PAGE: (f32, f32) = (595.0, 842.0);
const MARGIN: f32 = 64.0;
const BODY_SIZE: f32 = 11.5;
const LINE_HEIGHT: f32 = 21.0;
/// Where labels end and values begin.
const VALUES_AT: f32 = MARGIN + 92.0;
/// Height of what stands at the end: statement, QR code, seal.
const CLOSING_HEIGHT: f32 = 180.0;
const CODE_SIDE: f32 = 104.0;
const SEAL_RADIUS: f32 = 52.0;
/// Room for the name of whose seal it is.
const SEAL_WIDTH: f32 = 190.0;
/// Columns of the table: programme, days, minutes, occasions.
const COLUMNS: [f32; 4] = [MARGIN, MARGIN + 190.0, MARGIN + 335.0, MARGIN + 415.0];

/// What is printed beside the content.
pub(super) struct Print<'c> {
    pub certificate: &'c Certificate,
    pub content: &'c CertificateContent,
    pub code: &'c str,
    /// The address of the certificate's own look-up page, if others find it.
    pub page: Option<&'c str>,
    /// The address at which number and code are typed, if others find it.
    pub look_up: Option<&'c str>,
    pub zone: LocalZone,
    pub fonts: &'c Fonts,
}

/// The document's bytes.
pub(super) fn render(print: &Print) -> Result<Vec<u8>, PdfError> {
    let code = |page| QrCode::with_error_correction_level(page, EcLevel::M);
    let modules = print.page.map(code).transpose()?;
    let sheets = sheets(print);
    must_have_all(print.fonts, &sheets)?;
    let mut document = Document::new();
    document.set_metadata(metadata(print));
    for sheet in sheets {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1);
        let settings = settings.ok_or_else(|| PdfError::Document("A4 is no size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for text in &sheet.texts {
            text.draw(&mut surface, print.fonts);
        }
        for (from, to) in &sheet.rules {
            draw_line(&mut surface, *from, *to);
        }
        if let Some(top) = sheet.closing_at {
            if let Some(modules) = &modules {
                draw_code(&mut surface, modules, top);
            }
            draw_seal(&mut surface, top);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| PdfError::Document(format!("{error:?}")))
}

/// Refuses the certificate where a character of it would become a box, or be left out: by the character's name.
fn must_have_all(fonts: &Fonts, sheets: &[Sheet]) -> Result<(), PdfError> {
    let texts = sheets.iter().flat_map(|sheet| &sheet.texts);
    let missing: BTreeSet<char> = texts.filter_map(|text| fonts.set(&text.words).err()).flatten().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let named = |c: &char| format!("{c} (U+{:04X})", u32::from(*c));
    Err(PdfError::NoGlyph(missing.iter().map(named).collect::<Vec<_>>().join(", ")))
}

/// Bound to the certificate alone: no clock, nothing drawn by lot.
fn metadata(print: &Print) -> Metadata {
    let issued = print.certificate.issued_at.to_utc();
    let part = |value: u32| u8::try_from(value).unwrap_or_default();
    let date = DateTime::new(u16::try_from(issued.year()).unwrap_or_default())
        .month(part(issued.month()))
        .day(part(issued.day()))
        .hour(part(issued.hour()))
        .minute(part(issued.minute()))
        .second(part(issued.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(format!("{} {}", words::TITLE, print.certificate.number()))
        .authors(vec![print.content.unit_name.to_string()])
        .creator("Hourbook".to_owned())
        .document_id(print.certificate.id.to_string())
        .creation_date(date)
        .language("zh-CN".to_owned())
}

/// A run of text on one line.
struct Text {
    at: (f32, f32),
    size: f32,
    words: String,
}

impl Text {
    fn draw(&self, surface: &mut Surface, fonts: &Fonts) {
        surface.set_fill(Some(black()));
        surface.set_stroke(None);
        let mut x = self.at.0;
        for run in fonts.set(&self.words).unwrap_or_default() {
            let start = Point::from_xy(x, self.at.1);
            surface.draw_text(start, run.font.clone(), self.size, &run.text, false, TextDirection::Auto);
            x += run.width(self.size);
        }
    }
}

/// One page before it is drawn.
#[derive(Default)]
struct Sheet {
    texts: Vec<Text>,
    /// Lines from one point to another.
    rules: Vec<((f32, f32), (f32, f32))>,
    /// Where QR code and seal begin, on the last page.
    closing_at: Option<f32>,
}

/// Lays text down the pages, one after another.
struct Layout<'f> {
    fonts: &'f Fonts,
    done: Vec<Sheet>,
    sheet: Sheet,
    /// The next baseline.
    y: f32,
}

impl<'f> Layout<'f> {
    fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, done: Vec::new(), sheet: Sheet::default(), y: MARGIN + 32.0 }
    }

    /// Begins another page where the present one has less room than that.
    fn need(&mut self, height: f32) {
        if self.y + height > PAGE.1 - MARGIN {
            self.done.push(std::mem::take(&mut self.sheet));
            self.y = MARGIN + 16.0;
        }
    }

    fn put(&mut self, x: f32, size: f32, text: impl Into<String>) {
        self.sheet.texts.push(Text { at: (x, self.y), size, words: text.into() });
    }

    fn rule(&mut self) {
        let y = self.y - LINE_HEIGHT + 7.0;
        self.sheet.rules.push(((MARGIN, y), (PAGE.0 - MARGIN, y)));
    }

    /// A label and its value, which may take several lines.
    fn field(&mut self, label: &str, value: &str) {
        for (at, line) in self.wrap(value, PAGE.0 - MARGIN - VALUES_AT, BODY_SIZE).into_iter().enumerate() {
            self.need(LINE_HEIGHT);
            if at == 0 {
                self.put(MARGIN, BODY_SIZE, format!("{label}："));
            }
            self.put(VALUES_AT, BODY_SIZE, line);
            self.y += LINE_HEIGHT;
        }
    }

    /// A row of the table; its first cell may take several lines.
    fn row(&mut self, cells: [&str; 4]) {
        let size = BODY_SIZE - 1.0;
        let names = self.wrap(cells[0], COLUMNS[1] - COLUMNS[0] - 8.0, size);
        #[allow(clippy::cast_precision_loss, reason = "a name has few lines")]
        self.need(LINE_HEIGHT * names.len() as f32);
        for (at, line) in names.into_iter().enumerate() {
            self.put(COLUMNS[0], size, line);
            if at == 0 {
                for (x, cell) in COLUMNS.into_iter().zip(cells).skip(1) {
                    self.put(x, size, cell);
                }
            }
            self.y += LINE_HEIGHT;
        }
        self.rule();
    }

    fn wrap(&self, text: &str, width: f32, size: f32) -> Vec<String> {
        wrap(text, width, |text| self.fonts.width_of(text, size))
    }

    fn finish(mut self) -> Vec<Sheet> {
        self.done.push(self.sheet);
        self.done
    }
}

fn sheets(print: &Print) -> Vec<Sheet> {
    let Print { certificate, content, .. } = print;
    let mut layout = Layout::new(print.fonts);
    let title_width = print.fonts.width_of(words::TITLE, 24.0);
    layout.put((PAGE.0 - title_width) / 2.0, 24.0, words::TITLE);
    layout.y += 38.0;
    layout.field("证明编号", &certificate.number());
    layout.field("姓名", content.name.as_str());
    let document = words::document(content.document_kind);
    layout.field("证件", &format!("{document} {}", content.document_number_masked));
    layout.field("志愿者编号", &content.volunteer_number);
    layout.field("服务期间", &words::period(content.period));
    layout.field("服务时长", &words::duration(content.credited_minutes));
    if !content.evidence.is_empty() {
        layout.field("记录方式", &words::evidence(&content.evidence));
    }
    layout.field("记录单位", content.unit_name.as_str());
    layout.field("经办人", content.handler.as_ref().map_or("本人自助申领", |name| name.as_str()));
    layout.field("联系方式", content.contact.as_ref().map_or("—", |contact| contact.as_str()));
    layout.field("出具日期", &words::day_of(certificate.issued_at, print.zone));
    layout.y += 10.0;
    layout.row(["服务项目", "服务日期", "时长（分钟）", "计次"]);
    for line in &content.programmes {
        let service = &line.service;
        let days = format!("{} 至 {}", service.first_day, service.last_day);
        let occasions = if service.occasions > 0 { service.occasions.to_string() } else { "—".to_owned() };
        layout.row([line.name.as_str(), &days, &service.credited_minutes.to_string(), &occasions]);
    }
    if let Some(of_word) = words::of_own_word(content) {
        layout.y += 10.0;
        layout.field(words::OF_OWN_WORD, &of_word);
    }
    if !content.mentions.is_empty() {
        layout.y += 10.0;
        layout.field(words::APART, words::NOT_COUNTED);
    }
    for mention in &content.mentions {
        layout.field(mention.heading.as_str(), &words::mention(mention));
    }
    close(&mut layout, print);
    layout.finish()
}

/// The statement, the code for the look-up, and whose seal goes where.
fn close(layout: &mut Layout, print: &Print) {
    layout.y += 8.0;
    layout.need(CLOSING_HEIGHT);
    let how_to_look_up = match print.look_up {
        Some(_) => "扫描二维码，或凭证明编号和验证码在核验网址查询本证明的最新状态。",
        None => "可凭证明编号和验证码向记录单位查询本证明的最新状态。",
    };
    let statement = format!("兹证明上列志愿服务记录属实，依据本系统截至出具时的账本得出。{how_to_look_up}");
    for line in layout.wrap(&statement, PAGE.0 - 2.0 * MARGIN, BODY_SIZE - 1.0) {
        layout.put(MARGIN, BODY_SIZE - 1.0, line);
        layout.y += LINE_HEIGHT - 3.0;
    }
    let top = layout.y;
    layout.sheet.closing_at = Some(top);
    layout.y = top + if print.page.is_some() { CODE_SIDE + 18.0 } else { 12.0 };
    layout.put(MARGIN, BODY_SIZE - 2.0, format!("验证码：{}", print.code));
    if let Some(look_up) = print.look_up {
        let beside_the_seal = PAGE.0 - 2.0 * MARGIN - SEAL_WIDTH - 12.0;
        for line in layout.wrap(&format!("核验网址：{look_up}"), beside_the_seal, BODY_SIZE - 2.0) {
            layout.y += 16.0;
            layout.put(MARGIN, BODY_SIZE - 2.0, line);
        }
    }
    put_seal(layout, print, top);
}

/// Whose seal it is and the day, over which the seal goes.
fn put_seal(layout: &mut Layout, print: &Print, top: f32) {
    let size = BODY_SIZE - 1.0;
    let x = PAGE.0 - MARGIN - SEAL_WIDTH;
    layout.y = top + 12.0;
    layout.put(x, size, "记录单位（盖章）：");
    for line in layout.wrap(print.content.unit_name.as_str(), SEAL_WIDTH, size) {
        layout.y += 16.0;
        layout.put(x, size, line);
    }
    layout.y = top + 126.0;
    layout.put(x, size, words::day_of(print.certificate.issued_at, print.zone));
}

/// Breaks a text into lines no wider than that, where Unicode allows it (UAX #14: no comma begins a line, no word is
/// divided); within a piece only where it is wider than a line.
fn wrap(text: &str, width: f32, width_of: impl Fn(&str) -> f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut add = |piece: &str| {
        let room = lines.last().map_or(0.0, |line| width - width_of(line));
        match lines.last_mut() {
            Some(line) if line.is_empty() || width_of(piece.trim_end()) <= room => line.push_str(piece),
            _ => lines.push(piece.to_owned()),
        }
    };
    let mut from = 0;
    for (to, _) in linebreaks(text) {
        let piece = &text[from..to];
        if width_of(piece.trim_end()) <= width {
            add(piece);
        } else {
            piece.chars().for_each(|c| add(c.encode_utf8(&mut [0; 4])));
        }
        from = to;
    }
    lines
}

fn black() -> Fill {
    Fill { paint: luma::Color::black().into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn hairline() -> Stroke {
    Stroke { paint: luma::Color::new(150).into(), width: 0.6, ..Stroke::default() }
}

fn draw_line(surface: &mut Surface, from: (f32, f32), to: (f32, f32)) {
    let mut path = PathBuilder::new();
    path.move_to(from.0, from.1);
    path.line_to(to.0, to.1);
    draw(surface, path.finish(), None, Some(hairline()));
}

fn draw(surface: &mut Surface, path: Option<Path>, fill: Option<Fill>, stroke: Option<Stroke>) {
    if let Some(path) = path {
        surface.set_fill(fill);
        surface.set_stroke(stroke);
        surface.draw_path(&path);
    }
}

/// The QR code's dark modules, each a square of one path.
fn draw_code(surface: &mut Surface, code: &QrCode, top: f32) {
    let width = code.width();
    #[allow(clippy::cast_precision_loss, reason = "at most 177 modules a side")]
    let (side, place) = (CODE_SIDE / width as f32, |module: usize| module as f32);
    let mut path = PathBuilder::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        let (x, y) = (MARGIN + place(at % width) * side, top + place(at / width) * side);
        if color == Color::Dark
            && let Some(square) = Rect::from_xywh(x, y, side, side)
        {
            path.push_rect(square);
        }
    }
    draw(surface, path.finish(), Some(black()), None);
}

/// A circle where the seal goes.
fn draw_seal(surface: &mut Surface, top: f32) {
    // A quarter of a circle as a Bézier curve.
    let (r, k) = (SEAL_RADIUS, SEAL_RADIUS * 0.552_284_8);
    let (x, y) = (PAGE.0 - MARGIN - SEAL_WIDTH + 62.0, top + 78.0);
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.cubic_to(x + r, y + k, x + k, y + r, x, y + r);
    path.cubic_to(x - k, y + r, x - r, y + k, x - r, y);
    path.cubic_to(x - r, y - k, x - k, y - r, x, y - r);
    path.cubic_to(x + k, y - r, x + r, y - k, x + r, y);
    path.close();
    draw(surface, path.finish(), None, Some(hairline()));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Widths that can be reckoned with.
    fn wrap(text: &str, width: f32, size: f32) -> Vec<String> {
        let of = |c: char| size * if c.is_ascii() { 0.62 } else { 1.0 };
        super::wrap(text, width, |text| text.chars().map(of).sum())
    }

    #[test]
    fn a_line_never_runs_over_and_nothing_is_lost() {
        let text = "志愿服务 volunteer service 志愿红".repeat(5);
        let lines = wrap(&text, 100.0, 10.0);
        assert_eq!(lines.concat(), text);
        assert!(lines.len() > 5);
        for line in &lines {
            let width: f32 = line.trim_end().chars().map(|c| if c.is_ascii() { 6.2 } else { 10.0 }).sum();
            assert!(width <= 100.0, "{line}");
        }
        assert_eq!(wrap("", 100.0, 10.0), [""]);
        assert_eq!(wrap(&"a".repeat(20), 100.0, 10.0), ["a".repeat(16), "a".repeat(4)]);
    }

    #[test]
    fn a_line_breaks_where_it_may() {
        assert_eq!(wrap("急救与心肺复苏培训班，合格", 100.0, 10.0), ["急救与心肺复苏培训", "班，合格"]);
        assert_eq!(wrap("志愿红《春风》行动（二）", 40.0, 10.0), ["志愿红", "《春风》", "行动", "（二）"]);
        assert_eq!(wrap("volunteer service", 70.0, 10.0), ["volunteer ", "service"]);
    }

    #[test]
    fn what_does_not_fit_goes_to_another_page() {
        let fonts = Fonts::of_files([]);
        let mut layout = Layout::new(&fonts);
        for _ in 0..60 {
            layout.row(["项目", "2026-11-18", "60", "1"]);
        }
        let sheets = layout.finish();
        assert!(sheets.len() > 1);
        let lowest = sheets.iter().flat_map(|sheet| &sheet.texts).map(|text| text.at.1).fold(0.0, f32::max);
        assert!(lowest <= PAGE.1 - MARGIN, "{lowest}");
        assert_eq!(sheets.iter().map(|sheet| sheet.texts.len()).sum::<usize>(), 240);
    }
}
