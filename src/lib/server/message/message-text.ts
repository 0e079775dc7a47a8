import type { MessageTemplate } from '#lib/server/message/template.ts';
import en from '#lib/messages/sms.en.json' with { type: 'json' };
import zhCN from '#lib/messages/sms.zh-CN.json' with { type: 'json' };

/** What the words of a message may hold besides themselves: the bank's name, and a link or a code with its minutes. */
export interface MessageParts {
	readonly bank: string;
	readonly link?: string | undefined;
	readonly code?: string | undefined;
	readonly minutes?: number | undefined;
}

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = { en, 'zh-CN': zhCN };

/**
 * A message's text in a language (Chinese where it has none of ours). Throws where a template names a part that is not
 * there: half a message is none.
 */
export function messageText(template: MessageTemplate, locale: string, parts: MessageParts): string {
	const words = (WORDS[locale] ?? WORDS['zh-CN'])?.[`sms_${template}`];
	if (words === undefined) throw new Error(`no words for the message ${template}`);
	return words.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
		const part = parts[name as keyof MessageParts];
		if (part === undefined) throw new Error(`the message ${template} lacks its ${name}`);
		return String(part);
	});
}
