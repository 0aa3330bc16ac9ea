import { startShell } from './start.ts'

startShell()
