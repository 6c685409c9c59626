// Dates, times and names as people in Vietnam write them.

const ZONE = "Asia/Ho_Chi_Minh";
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DATE = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" });
const WEEKDAY = new Intl.DateTimeFormat("en-US", { timeZone: ZONE, weekday: "short" });
const WEEKDAYS = {
  Mon: "Thứ Hai", Tue: "Thứ Ba", Wed: "Thứ Tư", Thu: "Thứ Năm", Fri: "Thứ Sáu", Sat: "Thứ Bảy", Sun: "Chủ Nhật",
};

/** "08:30" in Vietnam. */
export const time = (iso) => CLOCK.format(new Date(iso));

/** "12/11/2026" in Vietnam. */
export const date = (iso) => DATE.format(new Date(iso));

/** "Thứ Năm, 12/11/2026". */
export const day = (iso) => `${WEEKDAYS[WEEKDAY.format(new Date(iso))]}, ${date(iso)}`;

/** Without diacritics and case, for searching: "Đặng Chính" → "dang chinh". */
export const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

/** The first letters of the first and the last word: "Đặng Văn Chính" → "ĐC". */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => word[0].toUpperCase()).join("");
}

/** One of six quiet colours, always the same for a name. */
export const tone = (name) => [...name].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) % 997, 7) % 6;
