/** The kinds of image that are taken; each is kept as JPEG, a PNG as PNG. */
export type ImageSource = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic';

/** What the decoding process is asked; paths are of staged files. */
export type DecodeJob =
	| {
			readonly kind: 'image';
			readonly type: ImageSource;
			readonly source: string;
			readonly whole: string;
			readonly thumbnail: string;
	  }
	| { readonly kind: 'pdf'; readonly source: string; readonly thumbnail: string }
	| { readonly kind: 'pdf-page'; readonly source: string; readonly page: number; readonly picture: string };

/** Why a file could not be decoded. */
export const DECODE_REFUSALS = ['unreadable', 'locked', 'too_many_pixels', 'too_many_pages'] as const;

export type DecodeRefusal = (typeof DECODE_REFUSALS)[number];

/** What came of it; `pages` is 1 for an image. */
export type Decoded =
	{ readonly ok: true; readonly pages: number } | { readonly ok: false; readonly refusal: DecodeRefusal };

/** The most that an image may show: a bomb of a few kilobytes can claim a thousand times more. */
export const MOST_PIXELS = 40_000_000;

/** The most pages that a PDF may have. */
export const MOST_PAGES = 60;
