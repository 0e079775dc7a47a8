/** The language in which everything is written first: what is missing in another is said in it. */
export const BASE_LANGUAGE = 'zh-CN';

/**
 * The language out of `all` for a reader of `locale`: itself, else one of the same tongue and script, else one of the same tongue
 * (RFC 4647's lookup, with the script that a region implies: zh-HK reads zh-TW before zh-CN). Undefined where none is near.
 */
export function nearestLanguage(all: readonly string[], locale: string): string | undefined {
	if (all.includes(locale)) return locale;
	const wanted = whole(locale);
	if (!wanted) return undefined;
	const sameTongue = all.filter((each) => whole(each)?.language === wanted.language);
	return sameTongue.find((each) => whole(each)?.script === wanted.script) ?? sameTongue[0];
}

/** What somebody wrote in several languages, by tag, for a reader of `locale`: in the nearest, else in the base, else in any. */
export function textIn(texts: Readonly<Record<string, string>>, locale: string): string | undefined {
	const nearest = nearestLanguage(Object.keys(texts), locale);
	return texts[nearest ?? BASE_LANGUAGE] ?? Object.values(texts)[0];
}

/** A tag with the script and the region that it implies; undefined for what is no tag. */
function whole(locale: string): Intl.Locale | undefined {
	try {
		return new Intl.Locale(locale).maximize();
	} catch {
		return undefined;
	}
}

/**
 * The language out of `all` for a browser's `Accept-Language`: the nearest to what it likes best and we have. Undefined where it likes
 * none of ours.
 */
export function preferredLanguage(all: readonly string[], acceptLanguage: string): string | undefined {
	const liked = acceptLanguage.split(',').map((range) => {
		const [tag = '', weight] = range.split(';q=');
		return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
	});
	const inTurn = liked.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
	for (const { tag } of inTurn) {
		const nearest = nearestLanguage(all, tag);
		if (nearest !== undefined) return nearest;
	}
	return undefined;
}
