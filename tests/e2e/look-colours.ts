import type { Page } from '@playwright/test';

/** In forced colours: a control without an edge, what is chosen known by its ground alone, and lines or words of a chart that cannot be seen. */
export function forcedColourFaults(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const faults: string[] = [];
		if (!matchMedia('(forced-colors: active)').matches) return ['the colours are not forced'];
		const seen = (selector: string) =>
			[...document.querySelectorAll<HTMLElement>(selector)].filter(
				(element) => element.checkVisibility() && !element.closest('dialog:not([open])'),
			);
		const tell = (element: Element) => element.outerHTML.replace(/\s+/g, ' ').slice(0, 90);
		const isClear = (colour: string) => /^rgba\(.*, 0\)$|^transparent$/.test(colour);
		const hasEdge = (element: Element | null): boolean => {
			if (!element) return false;
			const style = getComputedStyle(element);
			return ['Top', 'Bottom'].every((side) => {
				const [kind, width, colour] = ['Style', 'Width', 'Color'].map(
					(part) => style[`border${side}${part}` as keyof CSSStyleDeclaration] as string,
				);
				return kind !== 'none' && parseFloat(width ?? '0') > 0 && !isClear(colour ?? '');
			});
		};
		for (const field of seen('input:not([type=hidden]), select, textarea')) {
			if (/radio|checkbox|range|file/.test(field.getAttribute('type') ?? '')) continue;
			if (!hasEdge(field) && !hasEdge(field.closest('.box'))) faults.push(`${tell(field)} has no edge`);
		}
		for (const button of seen('button, a.button')) {
			const isUnderlined = getComputedStyle(button).textDecorationLine.includes('underline');
			const hasIcon = button.querySelector('svg') !== null;
			if (!hasEdge(button) && !isUnderlined && !hasIcon) faults.push(`${tell(button)} has no edge`);
		}
		// What is in hand differs from its neighbours by more than its ground, which is the same for all now.
		const looks = (element: Element) => {
			const all = [element, ...(element.parentElement?.matches('li') ? [element.parentElement] : [])];
			return all
				.map((one) => {
					const style = getComputedStyle(one);
					const { fontWeight, borderTopWidth, borderBottomWidth, borderTopStyle, textDecorationLine, outlineStyle } =
						style;
					return [
						fontWeight,
						borderTopWidth,
						borderBottomWidth,
						borderTopStyle,
						textDecorationLine,
						outlineStyle,
					].join();
				})
				.join(';');
		};
		for (const current of seen('[aria-current], [aria-selected=true], [aria-pressed=true]')) {
			const around = current.closest('ol, ul, nav, [role=group], [role=tablist], form') ?? current.parentElement;
			const others = [...(around?.querySelectorAll('a, button, span') ?? [])].filter(
				(other) => other !== current && !current.contains(other) && !other.contains(current) && other.checkVisibility(),
			);
			const alike = others.find((other) => other.tagName === current.tagName && looks(other) === looks(current));
			if (alike && !current.querySelector('svg, .mark')) faults.push(`${tell(current)} looks as ${tell(alike)}`);
		}
		const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
		const light = (colour: string): number => {
			if (!probe) return 0;
			probe.fillStyle = colour;
			probe.fillRect(0, 0, 1, 1);
			const [red = 0, green = 0, blue = 0] = [...probe.getImageData(0, 0, 1, 1).data].map((part) => {
				const share = part / 255;
				return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
			});
			return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
		};
		const groundOf = (part: Element) => {
			const own = getComputedStyle(part.closest('svg') ?? part).backgroundColor;
			return light(isClear(own) ? getComputedStyle(document.body).backgroundColor : own);
		};
		const contrast = (colour: string, part: Element) => {
			const [a, b] = [light(colour), groundOf(part)].sort((x, y) => y - x) as [number, number];
			return (a + 0.05) / (b + 0.05);
		};
		for (const part of document.querySelectorAll<SVGElement>('svg[role=img] :is(text, path, polyline, circle)')) {
			if (!part.checkVisibility() || part.closest('pattern, defs, .grid')) continue;
			const { fill, stroke } = getComputedStyle(part);
			const colours = [fill, stroke].filter(
				(colour) => colour !== 'none' && !colour.startsWith('url') && !isClear(colour),
			);
			const least = part.tagName === 'text' ? 4.5 : 3;
			if (colours.length > 0 && colours.every((colour) => contrast(colour, part) < least)) {
				faults.push(`${tell(part)} cannot be seen: ${colours.join()}`);
			}
		}
		return faults;
	});
}

/** Where less motion is asked for: what still moves, or would. */
export function motionFaults(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return ['less motion is not asked for'];
		const faults = document.getAnimations().map(() => 'an animation runs');
		for (const element of document.querySelectorAll('*')) {
			for (const part of [undefined, '::before', '::after']) {
				const { transitionDuration, animationDuration, animationName, scrollBehavior } = getComputedStyle(
					element,
					part,
				);
				const moves = transitionDuration.split(',').some((time) => parseFloat(time) > 0.01);
				const plays = animationName !== 'none' && animationDuration.split(',').some((time) => parseFloat(time) > 0.01);
				if (moves || plays || scrollBehavior === 'smooth') faults.push(`${element.tagName}.${element.className} moves`);
			}
		}
		return faults;
	});
}
