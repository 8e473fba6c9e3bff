class ValidationError extends Error { constructor(m) { super(m); this.name = 'ValidationError'; this.field = 'age' } }
throw new ValidationError('too young')
