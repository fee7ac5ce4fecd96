import { redriveFromEnvironment, runRedrive } from './setup.ts'

runRedrive(redriveFromEnvironment())
