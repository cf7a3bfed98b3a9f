import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { antdTheme } from '../build/antdTheme.ts'

/** The console over made-up data, for looking at the parts: `npm run gallery`. Never part of a build. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/console/',
  plugins: [react(), antdTheme()],
  resolve: { alias: { '@': fileURLToPath(new URL('../src', import.meta.url)) } },
  server: { host: '127.0.0.1', port: 5174 },
  build: { outDir: 'dist', assetsInlineLimit: 0 },
})
