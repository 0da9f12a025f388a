// The two channels between page and main process. By themselves, so that the preload stays a few lines when built.

export const CALL_CHANNEL = 'descent:call'
export const EVENT_CHANNEL = 'descent:event'
export const READER_CHANNEL = 'descent:reader'
