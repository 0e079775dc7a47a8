import type { Plugin } from 'vite';

const TOKENS = /\/tokens\.css$/;
const OKLCH = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)/g;

/**
 * The tokens are written in OKLCH, in which colours are chosen, and leave as plain hex, which every browser reads: older ones in
 * messengers do not know OKLCH, and to send each colour twice would cost every page.
 */
export function plainColours(): Plugin {
	return {
		name: 'plain-colours',
		enforce: 'pre',
		transform(code, id) {
			if (!TOKENS.test(id)) return null;
			return { code: code.replace(OKLCH, (_, l, c, h) => hexOf(Number(l), Number(c), Number(h))), map: null };
		},
	};
}

/**
 * A colour of OKLCH (lightness 0 to 1, chroma, hue in degrees) as the nearest "#rrggbb" of sRGB; what lies outside is cut off at its
 * edge. By Ottosson, "A perceptual color space for image processing" (2020), and IEC 61966-2-1.
 */
export function hexOf(lightness: number, chroma: number, hue: number): string {
	const angle = (hue * Math.PI) / 180;
	const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
	const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
	const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
	const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
	return `#${[red, green, blue].map(channel).join('')}`;
}

function channel(linear: number): string {
	const cut = Math.min(1, Math.max(0, linear));
	const encoded = cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055;
	return Math.round(255 * encoded)
		.toString(16)
		.padStart(2, '0');
}
