"""The encoder as a PyTorch module: six transformer layers in MiniLM's shape, with the coder's heads. Training only."""

import math
from pathlib import Path

import torch
from torch import Tensor, nn

WIDTH, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512
TYPE_WIDTH = 32


class Layer(nn.Module):
    """One transformer layer."""

    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x`: (texts, pieces, WIDTH); `bias`: 0 where a piece is looked at, very low where it is padding."""
        texts, pieces, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(texts, pieces, HEADS, WIDTH // HEADS).transpose(1, 2)

        scores = split(self.query(x)) @ split(self.key(x)).transpose(2, 3) / math.sqrt(WIDTH // HEADS) + bias
        mixed = self.drop(scores.softmax(-1)) @ split(self.value(x))
        mixed = mixed.transpose(1, 2).reshape(texts, pieces, WIDTH)
        x = self.attended_norm(x + self.drop(self.attended(mixed)))
        return self.outer_norm(x + self.drop(self.outer(nn.functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Word pieces to vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.segments = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(texts, pieces) ids and a mask of ones and zeros to (texts, pieces, WIDTH)."""
        places = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0)
        x = self.words(ids) + self.positions(places) + self.segments(torch.zeros_like(ids))
        x = self.drop(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_pretrained(self, path: Path) -> None:
        """Take over pretrained weights.

        Args:
            path: ``model.safetensors`` of a BERT of this shape.
        """
        from safetensors.torch import load_file

        given = load_file(str(path))
        names = {
            "embeddings.word_embeddings": "words",
            "embeddings.position_embeddings": "positions",
            "embeddings.token_type_embeddings": "segments",
            "embeddings.LayerNorm": "norm",
        }
        for number in range(LAYERS):
            theirs, ours = f"encoder.layer.{number}", f"layers.{number}"
            names |= {
                f"{theirs}.attention.self.query": f"{ours}.query",
                f"{theirs}.attention.self.key": f"{ours}.key",
                f"{theirs}.attention.self.value": f"{ours}.value",
                f"{theirs}.attention.output.dense": f"{ours}.attended",
                f"{theirs}.attention.output.LayerNorm": f"{ours}.attended_norm",
                f"{theirs}.intermediate.dense": f"{ours}.inner",
                f"{theirs}.output.dense": f"{ours}.outer",
                f"{theirs}.output.LayerNorm": f"{ours}.outer_norm",
            }
        state = {
            f"{our}.{part}": given[f"{their}.{part}"]
            for their, our in names.items()
            for part in ("weight", "bias")
            if f"{their}.{part}" in given
        }
        self.load_state_dict(state)


class Coder(nn.Module):
    """The encoder with one head a decision."""

    def __init__(self, types: int, statuses: int, stages: int, roles: int, slots: int) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.drop = nn.Dropout(0.1)
        self.kind = nn.Linear(WIDTH, types)
        self.kinds = nn.Embedding(types, TYPE_WIDTH)
        self.status = nn.Linear(WIDTH + TYPE_WIDTH, statuses)
        self.stage = nn.Linear(WIDTH + TYPE_WIDTH, stages)
        self.role_inner = nn.Linear(2 * WIDTH + TYPE_WIDTH, 128)
        self.role_outer = nn.Linear(128, roles)
        self.slot_inner = nn.Linear(2 * WIDTH + TYPE_WIDTH, 128)
        self.slot_outer = nn.Linear(128, slots)

    def role(self, cue: Tensor, unit: Tensor, kind: Tensor) -> Tensor:
        """Scores of the roles of a unit in a cue's claim."""
        return self.role_outer(torch.relu(self.role_inner(torch.cat([cue, unit, kind], -1))))

    def slot(self, cue: Tensor, word: Tensor, kind: Tensor) -> Tensor:
        """Scores of a word as each slot of a cue's claim: one number a slot, above 0 where it likely fills it."""
        return self.slot_outer(torch.relu(self.slot_inner(torch.cat([cue, word, kind], -1))))
