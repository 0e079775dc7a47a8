import { REASONS, type Reason } from '#lib/domain/application/reason.ts';
import type { CheckItem } from '#lib/domain/review/checklist.ts';
import type { DeclineTemplate, DeclineTemplates } from '#lib/domain/review/decline-letter.ts';
import type { DeskRule } from '#lib/domain/review/rule-change.ts';
import type { Words } from '#lib/domain/words.ts';

export type TextPart = 'words' | 'name' | 'reason' | 'letter' | 'object' | 'final' | 'phoneElse';

/** One text in one language; `name` is its place in the rule, as in `items.0.words.en`. */
export interface RuleText {
	readonly name: string;
	readonly part: TextPart;
	readonly language: string;
	readonly value: string;
}

export interface RuleTick {
	readonly name: string;
	readonly part: 'needed' | 'gone' | 'retired' | 'for';
	readonly reason?: Reason;
	readonly isOn: boolean;
}

/** What belongs together in the form: a check, a reason of a decline, or the texts of every letter. */
export interface RuleGroup {
	/** The code of a check or reason; empty for a new one; null for the texts of every letter. */
	readonly code: string | null;
	readonly title: Words;
	readonly texts: readonly RuleText[];
	readonly ticks: readonly RuleTick[];
}

const OF_REASON = ['name', 'reason', 'letter'] as const;
const OF_ALL = ['object', 'final', 'phoneElse'] as const;
const NEW_CHECK: CheckItem = { code: '', words: {}, needed: true };
const NEW_REASON: DeclineTemplate = { code: '', name: {}, reason: {} };

/** The whole form of a rule; the last check or reason is an empty one, to add. */
export function groupsOf(key: DeskRule, value: object, languages: readonly string[]): RuleGroup[] {
	const texts = (at: string, part: TextPart, words: Words | undefined): RuleText[] =>
		languages.map((language) => ({
			name: `${at}${part}.${language}`,
			part,
			language,
			value: words?.[language] ?? '',
		}));
	if (key === 'checks') {
		return [...itemsOf(value), NEW_CHECK].map(({ code, words, needed, reasons }, n) => {
			const at = `items.${String(n)}.`;
			const ticks: RuleTick[] = [{ name: `${at}needed`, part: 'needed', isOn: needed }];
			for (const reason of REASONS) {
				ticks.push({ name: `${at}for.${reason}`, part: 'for', reason, isOn: reasons?.includes(reason) === true });
			}
			if (code !== '') ticks.push({ name: `${at}gone`, part: 'gone', isOn: false });
			return { code, title: words, texts: texts(at, 'words', words), ticks };
		});
	}
	const templates = value as DeclineTemplates;
	const reasons = [...templates.reasons, NEW_REASON].map((each, n): RuleGroup => {
		const at = `reasons.${String(n)}.`;
		const retired: RuleTick = { name: `${at}retired`, part: 'retired', isOn: each.isRetired === true };
		const ticks = each.code === '' ? [] : [retired];
		return {
			code: each.code,
			title: each.name,
			texts: OF_REASON.flatMap((part) => texts(at, part, each[part])),
			ticks,
		};
	});
	const all = OF_ALL.flatMap((part) => texts('', part, templates[part]));
	return [...reasons, { code: null, title: {}, texts: all, ticks: [] }];
}

const itemsOf = (value: object) => (value as { items: readonly CheckItem[] }).items;

/** What was sent, by field; a tick that is not there is off. */
export type Typed = Readonly<Record<string, string>>;

/** The form as it was filled in. */
export function filledIn(groups: readonly RuleGroup[], typed: Typed): RuleGroup[] {
	return groups.map((group) => ({
		...group,
		texts: group.texts.map((text) => ({ ...text, value: typed[text.name] ?? '' })),
		ticks: group.ticks.map((tick) => ({ ...tick, isOn: typed[tick.name] !== undefined })),
	}));
}

/**
 * The rule that a filled-in form means. A check that was taken off and an empty new one are left out: `places` says from which of
 * the form's lines each of the rule's comes. `newCode` is for what was added.
 */
export function ruleOf(
	key: DeskRule,
	groups: readonly RuleGroup[],
	newCode: string,
): { value: object; places: readonly number[] } {
	const lines = groups.filter(({ code }) => code !== null);
	const isOn = (group: RuleGroup, part: RuleTick['part']) =>
		group.ticks.some((tick) => tick.part === part && tick.isOn);
	const isKept = (group: RuleGroup) =>
		group.code === '' ? group.texts.some(({ value }) => clean(value) !== '') : !isOn(group, 'gone');
	const places = lines.flatMap((group, n) => (isKept(group) ? [n] : []));
	const kept = lines.filter(isKept).map((group) => ({ group, code: group.code === '' ? newCode : (group.code ?? '') }));
	if (key === 'checks') {
		const items = kept.map(({ group, code }): CheckItem => {
			const reasons = group.ticks.flatMap(({ reason, isOn }) => (reason && isOn ? [reason] : []));
			const words = wordsOf(group, 'words');
			return { code, words, ...(reasons.length > 0 && { reasons }), needed: isOn(group, 'needed') };
		});
		return { value: { items }, places };
	}
	const reasons = kept.map(({ group, code }): DeclineTemplate => {
		const [name, reason, letter] = OF_REASON.map((part) => wordsOf(group, part));
		const hasLetter = Object.keys(letter ?? {}).length > 0;
		const isRetired = isOn(group, 'retired');
		return {
			code,
			name: name ?? {},
			reason: reason ?? {},
			...(hasLetter && { letter }),
			...(isRetired && { isRetired }),
		};
	});
	const all = groups.find(({ code }) => code === null);
	const texts = all ? Object.fromEntries(OF_ALL.map((part) => [part, wordsOf(all, part)])) : {};
	return { value: { reasons, ...texts }, places };
}

const clean = (text: string) => text.replaceAll('\r\n', '\n').trim();

function wordsOf({ texts }: RuleGroup, part: TextPart): Words {
	const own = texts
		.filter((text) => text.part === part)
		.map(({ language, value }) => [language, clean(value)] as const);
	return Object.fromEntries(own.filter(([, text]) => text !== ''));
}

/** One text or tick that differs between two wordings of a rule. */
export interface RuleDifference {
	readonly code: string | null;
	readonly title: Words;
	readonly of: RuleText | RuleTick;
	readonly before: string | boolean;
	readonly after: string | boolean;
}

/** Everything that differs, in the order of the form; what was added or taken off is all of its texts. */
export function differencesOf(before: readonly RuleGroup[], after: readonly RuleGroup[]): RuleDifference[] {
	const old = cellsOf(before);
	const recent = cellsOf(after);
	return [...new Map([...old, ...recent]).keys()].flatMap((id) => {
		const cell = recent.get(id) ?? old.get(id);
		const [was, is] = [old.get(id)?.is, recent.get(id)?.is];
		const nothing = typeof (was ?? is) === 'boolean' ? false : '';
		if (!cell || (was ?? nothing) === (is ?? nothing)) return [];
		return [
			{ code: cell.group.code, title: cell.group.title, of: cell.of, before: was ?? nothing, after: is ?? nothing },
		];
	});
}

function cellsOf(groups: readonly RuleGroup[]) {
	const cells = groups
		.filter(({ code }) => code !== '')
		.flatMap((group) => [
			...group.texts.map((of) => ({ id: `${group.code ?? ''} ${of.part} ${of.language}`, group, of, is: of.value })),
			...group.ticks.map((of) => ({ id: `${group.code ?? ''} ${of.part} ${of.reason ?? ''}`, group, of, is: of.isOn })),
		]);
	return new Map(cells.map(({ id, ...cell }) => [id, cell]));
}
