// For the AssemblyScript compiler: a function whose comment says "@inline" gets the decorator of that name. As a
// decorator of a function it would be no TypeScript, which editors, prettier and eslint could not read.
import { Transform } from 'assemblyscript/transform'
import { Node } from 'assemblyscript'

const COMMENT = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/

export default class InlineComments extends Transform {
  /** @param {import('assemblyscript').Parser} parser */
  afterParse(parser) {
    for (const source of parser.sources) {
      if (source.isLibrary) continue
      for (const statement of source.statements) {
        if (!('signature' in statement)) continue
        const comment = COMMENT.exec(source.text.slice(0, statement.range.start))
        if (!comment?.[1].includes('@inline')) continue
        const name = Node.createIdentifierExpression('inline', statement.range)
        statement.decorators = [Node.createDecorator(name, null, statement.range)]
      }
    }
  }
}
