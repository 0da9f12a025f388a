// What a path of the spec is called; the engine has the words, since reports and exports use them too.

export { labelOfField, labelOfPath, wordsOf } from '../../../../engine/spec/path-labels'
