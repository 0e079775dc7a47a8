import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import configuration from './dependency-cruiser.cjs';

const root = join(import.meta.dirname, '../..');

/** The names of the rules that the tree under `baseDir` breaks. */
async function brokenRules(baseDir: string): Promise<string[]> {
	const { forbidden, options } = configuration as unknown as { forbidden: []; options: ICruiseOptions };
	const before = process.cwd();
	process.chdir(baseDir);
	try {
		const { output } = await cruise(
			['src', 'migrations'],
			{ ...options, ruleSet: { forbidden }, validate: true, baseDir },
			options.enhancedResolveOptions as never,
		);
		return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
	} finally {
		process.chdir(before);
	}
}

let planted: string;

beforeAll(async () => {
	planted = await mkdtemp(join(tmpdir(), 'portal-rules-'));
	await cp(join(root, 'package.json'), join(planted, 'package.json'));
	await cp(join(root, 'tsconfig.json'), join(planted, 'tsconfig.json'));
	await symlink(join(root, 'node_modules'), join(planted, 'node_modules'));
});

afterAll(() => rm(planted, { recursive: true, force: true }));

async function plant(files: Record<string, string>): Promise<string[]> {
	for (const folder of ['src', 'migrations']) {
		await rm(join(planted, folder), { recursive: true, force: true });
		await mkdir(join(planted, folder), { recursive: true });
	}
	for (const [file, text] of Object.entries(files)) {
		await mkdir(join(planted, dirname(file)), { recursive: true });
		await writeFile(join(planted, file), text);
	}
	return brokenRules(planted);
}

const svelte = (line: string) => `<script lang="ts">\n\t${line}\n\tconsole.log(x);\n</script>\n<p>{x}</p>\n`;
const use = (from: string) => `import { x } from '${from}';\nexport const y = x;\n`;
const x = 'export const x = 1;\n';

const VIOLATIONS: [rule: string, files: Record<string, string>][] = [
	['1-domain-imports-only-domain', { 'src/lib/domain/a.ts': use('#lib/server/b.ts'), 'src/lib/server/b.ts': x }],
	['1-domain-imports-only-domain', { 'src/lib/domain/a.ts': "import 'node:fs';\n" }],
	[
		'2-only-repositories-name-the-database',
		{ 'src/lib/server/plan/choose-plan.ts': "import { sql } from 'kysely';\nexport const y = sql;\n" },
	],
	[
		'2-only-repositories-name-the-database',
		{ 'src/lib/server/plan/choose-plan.ts': "import pg from 'pg';\nexport const y = pg;\n" },
	],
	[
		'3-routes-and-cli-call-use-cases',
		{
			'src/routes/debt/+page.server.ts': use('#lib/server/plan/plan.repository.ts'),
			'src/lib/server/plan/plan.repository.ts': x,
		},
	],
	[
		'4-a-repository-is-private-to-its-folder',
		{
			'src/lib/server/review/claim.ts': use('#lib/server/plan/plan.repository.ts'),
			'src/lib/server/plan/plan.repository.ts': x,
		},
	],
	['5-lib-never-imports-routes', { 'src/lib/server/a.ts': use('../../routes/b.ts'), 'src/routes/b.ts': x }],
	[
		'5-cardholder-routes-stand-apart-from-staff-routes',
		{ 'src/routes/(cardholder)/a.ts': use('../(staff)/b.ts'), 'src/routes/(staff)/b.ts': x },
	],
	[
		'5-staff-routes-stand-apart-from-cardholder-routes',
		{ 'src/routes/(staff)/a.ts': use('../(cardholder)/b.ts'), 'src/routes/(cardholder)/b.ts': x },
	],
	[
		'6-components-never-import-the-server',
		{ 'src/lib/components/A.svelte': svelte("import { x } from '#lib/server/b.ts';"), 'src/lib/server/b.ts': x },
	],
	[
		'6-server-code-stands-under-lib-server',
		{ 'src/lib/plan/a.ts': use('#lib/plan/server/b.ts'), 'src/lib/plan/server/b.ts': x },
	],
	['7-migrations-never-import-src', { 'migrations/1-a.ts': use('../src/lib/domain/b.ts'), 'src/lib/domain/b.ts': x }],
	[
		'8-no-cycles',
		{ 'src/lib/server/a.ts': use('#lib/server/b.ts') + x, 'src/lib/server/b.ts': use('#lib/server/a.ts') + x },
	],
	['every-import-resolves', { 'src/lib/server/a.ts': use('#lib/server/missing.ts') }],
];

test.each(VIOLATIONS)('rule %s finds a planted violation (%#)', async (rule, files) => {
	const broken = await plant(files);
	expect(broken.filter((violation) => violation.startsWith(`${rule}: `))).not.toEqual([]);
});

test('a tree that keeps the rules is let through', async () => {
	const broken = await plant({
		'src/lib/domain/a.ts': x,
		'src/lib/server/plan/plan.repository.ts': "import { sql } from 'kysely';\nexport const x = sql;\n",
		'src/lib/server/plan/choose-plan.ts': use('#lib/server/plan/plan.repository.ts'),
		'src/routes/plans/+page.server.ts': use('#lib/server/plan/choose-plan.ts'),
		'migrations/1-a.ts': "import { sql } from 'kysely';\nexport const y = sql;\n",
	});
	expect(broken).toEqual([]);
});

test('the portal keeps every import rule', async () => {
	expect(await brokenRules(root)).toEqual([]);
});
