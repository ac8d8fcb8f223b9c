/**
 * Draw every part of a page, also when one of them fails: what a server or a sealed report says may be anything.
 * @param {(() => void)[]} parts
 * @returns {boolean} whether all of them were drawn
 */
export function drawAll(parts) {
  let whole = true;
  for (const draw of parts) {
    try {
      draw();
    } catch {
      whole = false;
    }
  }
  return whole;
}
