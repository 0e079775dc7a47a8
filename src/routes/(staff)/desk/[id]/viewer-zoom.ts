/** How large a page is shown: whole, as wide as its frame, or at so many times its own pixels. */
export const ZOOMS = ['page', 'width', 1, 2] as const;
export type Zoom = (typeof ZOOMS)[number];

interface Size {
	readonly width: number;
	readonly height: number;
}

/** A picture in its frame; `turns` are quarter turns to the right. */
export interface Framed {
	readonly frame: Size;
	readonly picture: Size;
	readonly turns: number;
}

/** The size of a picture as it lies: on its side, width and height change places. */
export function lyingSize({ picture, turns }: Pick<Framed, 'picture' | 'turns'>): Size {
	return turns % 2 === 0 ? picture : { width: picture.height, height: picture.width };
}

/** By how much the picture's own pixels are multiplied. */
export function scaleOf(zoom: Zoom, framed: Framed): number {
	if (typeof zoom === 'number') return zoom;
	const { width, height } = lyingSize(framed);
	const acrossScale = framed.frame.width / width;
	return zoom === 'width' ? acrossScale : Math.min(acrossScale, framed.frame.height / height);
}

/** The next larger or smaller way to show the picture; the same where there is none. */
export function nextZoom(zoom: Zoom, direction: 1 | -1, framed: Framed): Zoom {
	const now = scaleOf(zoom, framed);
	const beyond = ZOOMS.map((each) => ({ each, by: (scaleOf(each, framed) - now) * direction })).filter(
		({ by }) => by > 0.01,
	);
	return beyond.sort((a, b) => a.by - b.by)[0]?.each ?? zoom;
}
