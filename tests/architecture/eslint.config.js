import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from '../../svelte.config.js';

const root = new URL('../..', import.meta.url).pathname;

export default ts.config(
	{
		ignores: ['node_modules/', 'build/', '.svelte-kit/', '.data/', '.pictures/', 'src/lib/paraglide/', 'test-results/'],
	},
	js.configs.recommended,
	ts.configs.recommended,
	svelte.configs.recommended,
	prettier,
	svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.node, ...globals.browser }, parserOptions: { tsconfigRootDir: root } },
		rules: {
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'separate-type-imports', prefer: 'type-imports' },
			],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'no-console': 'error',
			eqeqeq: 'error',
			'max-lines': ['error', { max: 250 }],
			// Kit's resolve() is for portals under a base path; this one is always served at the root.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/require-each-key': 'error',
			'svelte/no-at-html-tags': 'error',
			'svelte/no-inline-styles': 'error',
		},
	},
	{ files: ['**/*.ts', '**/*.svelte', '**/*.js'], rules: { 'no-undef': 'off' } },
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } },
	},
	{
		files: ['src/lib/domain/**/*.ts'],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{ selector: 'AwaitExpression', message: 'The domain is pure: it waits for nothing.' },
				{ selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Now is an argument.' },
				{
					selector: "MemberExpression[object.name='Date'][property.name='now']",
					message: 'Now is an argument.',
				},
				{
					selector: "MemberExpression[object.name='Math'][property.name='random']",
					message: 'Chance is an argument.',
				},
			],
		},
	},
	{
		files: ['src/**/*.{ts,svelte}'],
		ignores: [
			'src/lib/server/clock.ts',
			'src/lib/browser/device-clock.ts',
			'src/lib/domain/**',
			'**/*.test.ts',
			'src/cli/**',
			'src/routes/**/*.svelte',
		],
		rules: {
			'no-restricted-syntax': [
				'error',
				{ selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Ask lib/server/clock.' },
				{
					selector: "MemberExpression[object.name='Date'][property.name='now']",
					message: 'Ask lib/server/clock.',
				},
			],
		},
	},
	{
		files: ['src/**/*.ts'],
		ignores: ['src/lib/server/env.ts', 'src/cli/**', '**/*.test.ts'],
		rules: {
			'no-restricted-properties': [
				'error',
				{ object: 'process', property: 'env', message: 'lib/server/env is the only home of the environment.' },
			],
		},
	},
	{ files: ['src/cli/**', 'tests/**'], rules: { 'no-console': 'off' } },
);
