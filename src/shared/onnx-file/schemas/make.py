"""Writes schemas.json: what ONNX publishes of the operators that Exitlab takes, for each operator set from 17 on.

    python make.py        needs onnx

Data types are numbers as onnx.proto has them; types of attributes, too. A version of an operator holds from its operator set on.
"""
import json
import os

from onnx import IR_VERSION, TensorProto, defs

FIRST = 17
OPERATORS = (
    'Abs Add And AveragePool BatchNormalization Cast CastLike Ceil Clip Concat Constant ConstantOfShape Conv Cos CumSum Div Dropout Elu Equal '
    'Erf Exp Expand Flatten Floor Gather GatherElements Gelu Gemm GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual HardSigmoid HardSwish '
    'Identity InstanceNormalization IsNaN LayerNormalization LeakyRelu Less LessOrEqual Log MatMul Max MaxPool Min Mish Mod Mul Neg Not Or PRelu '
    'Pad Pow RandomUniformLike Range Reciprocal ReduceL2 ReduceMax ReduceMean ReduceProd ReduceSum Relu Reshape Resize ScatterND Shape Sigmoid '
    'Sin Size Slice Softmax Softplus Split Sqrt Squeeze Sub Tanh Tile Transpose Unsqueeze Where'
).split()
NAMES = {'FLOAT': 'float32', 'DOUBLE': 'float64'}


def versions(operator):
    found = {schema.since_version: schema for schema in defs.get_all_schemas_with_history()
             if schema.name == operator and schema.domain == '' and not schema.deprecated}
    first = max((version for version in found if version <= FIRST), default=FIRST)
    return [described(found[version]) for version in sorted(found) if version >= first]


def described(schema):
    types = {constraint.type_param_str: constraint.allowed_type_strs for constraint in schema.type_constraints}

    def formal(parameter):
        """Name, name of its type, and the least number where it may be left out or repeated."""
        kind = {'Single': [], 'Optional': ['optional'], 'Variadic': ['variadic']}[str(parameter.option).split('.')[-1]]
        types.setdefault(parameter.type_str, [parameter.type_str])
        return [parameter.name, parameter.type_str, *kind]

    formals = {'inputs': [*map(formal, schema.inputs)], 'outputs': [*map(formal, schema.outputs)]}
    return {
        'since': schema.since_version,
        **formals,
        'types': {name: numbers(allowed) for name, allowed in types.items()},
        'attributes': {name: int(each.type) for name, each in sorted(schema.attributes.items())},
        'required': [name for name, each in sorted(schema.attributes.items()) if each.required],
    }


def numbers(types):
    tensors = [each[len('tensor('):-1] for each in types if each.startswith('tensor(')]
    return sorted(TensorProto.DataType.Value(each.upper()) for each in tensors)


if __name__ == '__main__':
    content = {
        'formatVersion': IR_VERSION,
        'operatorSets': [FIRST, defs.onnx_opset_version()],
        'dataTypes': {value: NAMES.get(name, name.lower()) for name, value in TensorProto.DataType.items() if value > 0},
        'operators': {operator: versions(operator) for operator in sorted(OPERATORS)},
    }
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'schemas.json'), 'w') as file:
        file.write('{\n')
        for key in ('formatVersion', 'operatorSets', 'dataTypes'):
            file.write(f'  {json.dumps(key)}: {json.dumps(content[key])},\n')
        lines = [f'    {json.dumps(name)}: {json.dumps(found)}' for name, found in content['operators'].items()]
        file.write('  "operators": {\n' + ',\n'.join(lines) + '\n  }\n}\n')
