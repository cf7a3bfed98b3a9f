import { defineConfig } from 'vitest/config'

// Two scripts, each whole in one file: the page's, and the worker's that solves
// puzzles. `--mode` names the one to build. They go beside the style sheet,
// from where the program embeds them.
export default defineConfig(({ mode }) => ({
  build: {
    outDir: '../assets',
    emptyOutDir: false,
    target: 'es2020',
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: `src/${mode}.ts`,
      output: { format: 'iife' as const, entryFileNames: `${mode}.js` },
    },
  },
  test: { environment: 'node', include: ['src/*.test.ts'] },
}))
