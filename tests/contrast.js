// Every visible text whose colour differs too little from what is behind it, as "ratio text".
() => {
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) =>
    0.2126 * light(r / 255) + 0.7152 * light(g / 255) + 0.0722 * light(b / 255);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if ((colour[3] ?? 1) === 1) return colour;
    }
    return [255, 255, 255];
  };
  const ratio = (node) => {
    const [a, b] = [channels(getComputedStyle(node).color), behind(node)].map(luminance);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const says = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  return [...document.body.querySelectorAll("*")]
    .filter((node) => says(node) && node.checkVisibility() && !node.closest(".unseen, :disabled, noscript"))
    .filter((node) => ratio(node) < 4.5)
    .map((node) => `${ratio(node).toFixed(2)} ${node.textContent.trim()}`);
}
