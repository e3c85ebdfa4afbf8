//! What the sample city is called: units, programmes, activities, gifts, people who do not exist.

use crate::domain::activity::Measure;
use crate::domain::identity::Gender;
use crate::domain::unit::UnitKind;
use chrono::NaiveDate;

/// Code, name and kind of the units under the bureau.
pub const UNITS: &[(&str, &str, UnitKind)] = &[
    ("SCHOOL-1", "市第一中学", UnitKind::School),
    ("SCHOOL-2", "市第二中学", UnitKind::School),
    ("SCHOOL-3", "湖滨路小学", UnitKind::School),
    ("SCHOOL-4", "体育运动学校", UnitKind::School),
    ("SCHOOL-5", "实验幼儿园", UnitKind::School),
    ("DEPT-BASIC", "基础教育科", UnitKind::Department),
    ("DEPT-SPORT", "群众体育科", UnitKind::Department),
    ("DEPT-RETIRED", "离退休干部科", UnitKind::Department),
];

/// The seven programmes with their brands and service category. Of the four brands one,
/// 点亮人生终身学习, has no programme yet.
pub const PROGRAMMES: &[(&str, &[&str], &str)] = &[
    ("共爱同行", &[], "扶残助困"),
    ("春风行动", &["基础教育百千万帮带春风行动"], "教育帮扶"),
    ("绿水青山守护行", &[], "生态环保"),
    ("健润·全民健身", &["健润·全民健身"], "文体服务"),
    ("志愿红", &["温情烛光同心筑梦", "健润·全民健身"], "社区服务"),
    ("奉献爱心服务社会", &[], "应急救护"),
    ("温情烛光同心筑梦", &["温情烛光同心筑梦"], "教育帮扶"),
];

/// Activities: name, programme (by its place above), measure.
pub const ACTIVITIES: &[(&str, usize, Measure)] = &[
    ("我爱白龟湖", 2, Measure::Minutes),
    ("党员进社区", 4, Measure::Minutes),
    ("赛会服务", 3, Measure::Minutes),
    ("无偿献血", 5, Measure::Count),
    ("结对帮教", 1, Measure::Minutes),
    ("特教学校陪伴日", 0, Measure::Minutes),
    ("烛光夜读", 6, Measure::Minutes),
];

/// Gifts: name, price in hundredths of points, pieces.
pub const REWARDS: &[(&str, i64, i64)] =
    &[("志愿红马甲", 300, 60), ("运动水壶", 800, 40), ("体育馆月票", 2_000, 12)];

/// What people can do.
pub const SKILLS: &[&str] = &["急救", "手语", "摄影", "裁判", "心理疏导"];

/// What people like to do.
pub const CATEGORIES: &[&str] = &["教育帮扶", "文体服务", "生态环保", "社区服务"];

const SURNAMES: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高"];
const FEMALE: &[&str] = &["芳", "秀英", "娜", "敏", "静", "丽", "艳", "洁", "婷", "雪梅"];
const MALE: &[&str] = &["伟", "强", "磊", "军", "洋", "勇", "杰", "涛", "超", "明辉"];

/// A name from the lists.
#[must_use]
pub fn full_name(number: u64, gender: Gender) -> String {
    let given = match gender {
        Gender::Female => FEMALE,
        Gender::Male => MALE,
    };
    format!("{}{}", pick(SURNAMES, number), pick(given, number >> 32))
}

/// A resident identity number that passes GB 11643 and belongs to nobody: area 990000 does not exist.
#[must_use]
pub fn resident_number(birth_date: NaiveDate, gender: Gender, number: u64) -> String {
    let order = (number % 499) * 2 + u64::from(gender == Gender::Male);
    let digits = format!("990000{}{order:03}", birth_date.format("%Y%m%d"));
    let weighed = digits.bytes().fold(0u32, |sum, digit| (sum + u32::from(digit - b'0')) * 2 % 11);
    let check = match (12 - weighed) % 11 {
        10 => 'X',
        value => char::from_digit(value, 10).unwrap_or('X'),
    };
    format!("{digits}{check}")
}

fn pick<'l>(list: &[&'l str], number: u64) -> &'l str {
    let at = usize::try_from(number % list.len().max(1) as u64).unwrap_or_default();
    list.get(at).copied().unwrap_or_default()
}
