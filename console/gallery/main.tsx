import 'antd/dist/antd.css'
import 'virtual:antd-theme.css'
import '@/app/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Console } from '@/app/Console'
import { fakeFetch } from '@/test/fakeFetch'
import { galleryAreas } from './areas'
import { endpoints } from './endpoints'

globalThis.fetch = fakeFetch(endpoints)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <Console areas={galleryAreas} />
  </StrictMode>,
)
