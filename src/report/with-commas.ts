/** A whole number, or its digits, as `5,200`, whatever the locale. */
export function withCommas(digits: number | string): string {
  return String(digits).replace(/\B(?=(\d{3})+$)/g, ',');
}
