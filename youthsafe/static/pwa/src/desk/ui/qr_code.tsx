/** A QR code as lines of an SVG: black on white with its quiet zone in every theme, readable when a part of it is damaged. */
import { correction, generate } from "lean-qr";

const QUIET = 4;

export interface QrCodeProps {
  text: string;
  /** What it is for, for whoever cannot see it; what it says stands beside it as text. */
  label: string;
}

export function QrCode({ text, label }: QrCodeProps) {
  const code = generate(text, { minCorrectionLevel: correction.M });
  const places = Array.from({ length: code.size }, (_each, at) => at);
  const dark = places.flatMap((y) => places.filter((x) => code.get(x, y)).map((x) => `M${x} ${y}h1v1h-1z`));
  const side = code.size + 2 * QUIET;
  return (
    <svg
      class="qr"
      role="img"
      aria-label={label}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      shape-rendering="crispEdges"
    >
      <path class="qr-light" d={`M${-QUIET} ${-QUIET}h${side}v${side}h${-side}z`} />
      <path class="qr-dark" d={dark.join("")} />
    </svg>
  );
}
