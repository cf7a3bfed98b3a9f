declare module 'virtual:antd-theme.css'
